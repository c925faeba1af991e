package dev.parley.bench.path;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.client.Frames;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.conversation.Role;
import dev.parley.schemas.id.Ids;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What people may do in conversations, decided once and seen by all.
@Timeout(120)
class ConversationsIT {

  @RegisterExtension static final Town TOWN = new Town();

  private static Person ada;
  private static Person grace;
  private static Person linus;

  @BeforeAll
  static void three() throws Exception {
    ada = TOWN.person("ada", 0);
    grace = TOWN.person("grace", 1);
    linus = TOWN.person("linus", 1);
  }

  @Test
  void whoIsBannedIsGoneAndTheChannelIsNotThereForHim() throws Exception {
    var channel = channel();
    linus.done(Frames.join(channel));

    var banned = ada.done(Frames.ban(channel, linus.user(), null, "spam"));

    assertThat(grace.awaitEvent(channel, banned.seq()).path("type").asText())
        .isEqualTo("member.removed");
    assertThat(grace.awaitEvent(channel, banned.seq() + 1).path("type").asText())
        .isEqualTo("member.banned");
    assertThat(linus.outcome(Frames.join(channel))).isEqualTo("banned");
    TOWN.awaitRead(
        linus, path(channel, ""), answer -> answer.path("code").asText().equals("not_found"));
    var bans = TOWN.awaitRead(ada, path(channel, "/bans"), b -> b.toString().contains("spam"));
    assertThat(bans.toString()).contains(linus.user().toString());

    TOWN.call("DELETE", ada, path(channel, "/bans/" + linus.user())).expectOk();
    linus.done(Frames.join(channel));
  }

  @Test
  void aBanForATimeEndsByItself() throws Exception {
    var channel = channel();
    ada.done(Frames.ban(channel, linus.user(), Duration.ofSeconds(2), "calm down"));
    assertThat(linus.outcome(Frames.join(channel))).isEqualTo("banned");

    Await.until(
        "the ban ends",
        () -> {
          try {
            return linus.outcome(Frames.join(channel)).equals("done");
          } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
          }
        });
  }

  @Test
  void whoIsMutedReadsAndDoesNotWrite() throws Exception {
    var group = ada.create(ConversationKind.GROUP, "Mute", grace);
    ada.done(Frames.mute(group, grace.user(), Duration.ofHours(1)));

    assertThat(grace.outcome(Frames.send(group, Ids.uuid7(), "psst"))).isEqualTo("muted");
    var read = ada.send(group, "you can read this");
    grace.awaitEvent(group, read.seq());
    TOWN.item(
        grace,
        group,
        item ->
            !item.path("my_muted_until").isMissingNode() && !item.path("my_muted_until").isNull());
    ada.done(Frames.mute(group, grace.user(), Duration.ZERO));
    assertThat(grace.outcome(Frames.send(group, Ids.uuid7(), "thanks"))).isEqualTo("done");
  }

  @Test
  void slowModeHoldsMembersBackAndByRestTheHeaderSaysForHowLong() throws Exception {
    var group = ada.create(ConversationKind.GROUP, "Slow", grace);
    ada.done(Frames.change(group, Map.of("slow_mode_seconds", 600)));
    grace.send(group, "one");

    assertThat(grace.outcome(Frames.send(group, Ids.uuid7(), "two"))).isEqualTo("slow_mode");
    var body = Person.object().put("id", Ids.uuid7().toString()).put("text", "two");
    var refused = TOWN.call("POST", grace, path(group, "/messages"), body);
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.code()).isEqualTo("slow_mode");
    assertThat(refused.retryAfter()).isPresent();
    ada.send(group, "three");
    ada.send(group, "four");
  }

  @Test
  void anArchivedConversationTakesNothingUntilItIsOpenedAgain() throws Exception {
    var group = ada.create(ConversationKind.GROUP, "Archive", grace);
    ada.done(Frames.archive(group));

    assertThat(grace.outcome(Frames.send(group, Ids.uuid7(), "x"))).isEqualTo("archived");
    TOWN.item(grace, group, item -> item.path("archived").asBoolean());
    TOWN.call("DELETE", ada, path(group, "/archive")).expectOk();
    assertThat(grace.outcome(Frames.send(group, Ids.uuid7(), "x"))).isEqualTo("done");
  }

  @Test
  void ownershipIsHandedOver() throws Exception {
    var group = ada.create(ConversationKind.GROUP, "Transfer", grace);

    var moved = ada.done(Frames.transfer(group, grace.user()));

    grace.awaitEvent(group, moved.seq() + 1);
    assertThat(ada.outcome(Frames.transfer(group, ada.user()))).isEqualTo("forbidden");
    TOWN.item(grace, group, item -> item.path("role").asText().equals("owner"));
    TOWN.item(ada, group, item -> item.path("role").asText().equals("admin"));
  }

  @Test
  void aSpaceHoldsChannels() throws Exception {
    var space = ada.create(ConversationKind.SPACE, "A space", grace);
    var channel = channel();

    ada.done(Frames.addChannel(space, channel));

    TOWN.awaitRead(
        grace, path(space, "/channels"), page -> page.toString().contains(channel.toString()));
    TOWN.item(grace, channel, item -> item.path("space").asText().equals(space.toString()));
    TOWN.call("DELETE", ada, path(space, "/channels/" + channel)).expectOk();
    TOWN.awaitRead(
        grace, path(space, "/channels"), page -> !page.toString().contains(channel.toString()));
  }

  @Test
  void titleTopicAvatarAndDataChangeForEverybody() throws Exception {
    var group = ada.create(ConversationKind.GROUP, "Before", grace);

    ada.done(
        Frames.change(
            group,
            Map.of(
                "title",
                "After",
                "avatar",
                "https://files.example/a",
                "custom",
                Map.of("a", "b"))));

    var item = TOWN.item(grace, group, i -> i.path("title").asText().equals("After"));
    assertThat(item.path("avatar").asText()).isEqualTo("https://files.example/a");
    assertThat(item.path("custom").path("a").asText()).isEqualTo("b");
    assertThat(grace.outcome(Frames.change(group, Map.of("title", "Mine")))).isEqualTo("forbidden");
  }

  @Test
  void historyFromJoiningBeginsThere() throws Exception {
    var group = Ids.uuid7();
    var d = Person.object().put("conversation", group.toString()).put("kind", "group");
    d.put("title", "From joining").put("history", "from_joining").putArray("members");
    ada.done("create", d);
    ada.send(group, "before you came");
    var joined = ada.done(Frames.invite(group, grace.user()));
    var after = ada.send(group, "now that you are here");

    grace.awaitEvent(group, after.seq());
    var page =
        TOWN.awaitRead(
            grace, path(group, "/messages"), messages -> messages.toString().contains("now that"));
    assertThat(page.toString()).doesNotContain("before you came");
    assertThat(grace.events(group).toString()).doesNotContain("before you came");
    assertThat(joined.seq()).isLessThan(after.seq());
  }

  @Test
  void aFormerMemberKeepsReadingWhatWasSaidWhileHeWasThere() throws Exception {
    var group = ada.create(ConversationKind.GROUP, "Former", grace);
    ada.send(group, "while you are here");
    var removed = ada.done(Frames.remove(group, grace.user()));
    ada.send(group, "now that you are gone");
    grace.awaitEvent(group, removed.seq());
    TOWN.awaitRead(ada, path(group, "/messages"), page -> page.toString().contains("now that"));

    var page = TOWN.rest.get(path(group, "/messages"), grace.account().token());

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.body().toString()).contains("while you are here").doesNotContain("now that");
    assertThat(grace.events(group).toString()).doesNotContain("now that you are gone");
  }

  @Test
  void rolesDecideWhoMayWhat() throws Exception {
    var group = ada.create(ConversationKind.GROUP, "Roles", grace, linus);
    ada.done(Frames.role(group, linus.user(), Role.READ_ONLY));

    assertThat(linus.outcome(Frames.send(group, Ids.uuid7(), "x"))).isEqualTo("forbidden");
    assertThat(grace.outcome(Frames.remove(group, linus.user()))).isEqualTo("forbidden");
    ada.done(Frames.role(group, grace.user(), Role.MODERATOR));
    grace.done(Frames.remove(group, linus.user()));
    assertThat(ada.outcome(Frames.role(group, ada.user(), Role.MEMBER))).isEqualTo("last_owner");
  }

  @Test
  void aChannelIsFoundInTheDirectory() throws Exception {
    var word = "d" + UUID.randomUUID().toString().substring(0, 8);
    var channel = ada.create(ConversationKind.CHANNEL, "Directory " + word);

    TOWN.awaitRead(
        linus,
        "/api/conversations/directory?q=" + word,
        page -> page.toString().contains(channel.toString()));
  }

  private static UUID channel() throws InterruptedException {
    return ada.create(ConversationKind.CHANNEL, "A channel", grace);
  }

  private static String path(UUID conversation, String rest) {
    return "/api/conversations/" + conversation + rest;
  }
}
