package dev.parley.bench.path;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.bench.load.Stage;
import dev.parley.client.Frame;
import dev.parley.client.Frames;
import dev.parley.client.Push;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.id.Ids;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Marks, counts, presence, typing, settings: on both edges, on all devices, and equal in REST.
@Timeout(120)
class LiveStateIT {

  @RegisterExtension static final Town TOWN = new Town();

  private static Person ada;
  private static Person grace;
  private static Person graceElsewhere;

  @BeforeAll
  static void aPersonWithTwoDevices() throws Exception {
    ada = TOWN.person("ada", 0);
    grace = TOWN.person("grace", 1);
    graceElsewhere = TOWN.device(grace, 0);
  }

  @Test
  void unreadIsTheSameOnBothDevicesAndInRestAndReadingEndsIt() throws Exception {
    var group = ada.create(ConversationKind.GROUP, "Marks", grace);
    ada.send(group, "one");
    var last = ada.send(group, "two");

    TOWN.item(grace, group, item -> item.path("unread").asInt() == 2);
    TOWN.awaitRead(grace, "/api/conversations/unread", total -> number(total, "unread") >= 2);
    grace.chat().read(group, last.seq());

    graceElsewhere.awaitPush(
        Push.Mark.class, mark -> isRead(mark, group, grace.user(), last.seq()));
    ada.awaitPush(Push.Mark.class, mark -> isRead(mark, group, grace.user(), last.seq()));
    var item = TOWN.item(grace, group, i -> i.path("unread").asInt() == 0);
    assertThat(item.path("read_seq").asLong()).isEqualTo(last.seq());
    try (var third = TOWN.device(grace, 0)) {
      var ready = third.seen().readies.getFirst();
      assertThat(ready.conversations())
          .filteredOn(i -> i.conversation().equals(group))
          .singleElement()
          .satisfies(i -> assertThat(i.unread()).isZero());
    }
    var marks = ada.get(TOWN.rest, path(group, "/marks"));
    assertThat(marks.toString()).contains(grace.user().toString());
  }

  @Test
  void aLowerMarkAfterAHigherChangesNothing() throws Exception {
    var group = ada.create(ConversationKind.GROUP, "Lower marks", grace);
    var first = ada.send(group, "one");
    var last = ada.send(group, "two");
    TOWN.item(grace, group, item -> item.path("unread").asInt() == 2);
    grace.chat().read(group, last.seq());
    TOWN.item(grace, group, item -> item.path("read_seq").asLong() == last.seq());

    var lower = Person.object().put("seq", first.seq());
    TOWN.call("PUT", graceElsewhere, path(group, "/read"), lower).expectOk();
    var next = ada.send(group, "three");

    var item = TOWN.item(grace, group, i -> i.path("head_seq").asLong() >= next.seq());
    assertThat(item.path("read_seq").asLong()).isEqualTo(last.seq());
    assertThat(item.path("unread").asInt()).isEqualTo(1);
  }

  @Test
  void oneReadsWhatOneSent() throws Exception {
    var group = ada.create(ConversationKind.GROUP, "Own", grace);
    ada.send(group, "from ada");
    var own = grace.send(group, "from grace");

    var item = TOWN.item(grace, group, i -> i.path("head_seq").asLong() >= own.seq());

    assertThat(item.path("unread").asInt()).isZero();
    TOWN.item(ada, group, i -> i.path("unread").asInt() == 1);
  }

  @Test
  void deliveredIsToldToTheSender() throws Exception {
    var group = ada.create(ConversationKind.GROUP, "Delivered", grace);
    var sent = ada.send(group, "one");
    grace.awaitEvent(group, sent.seq());

    grace.chat().delivered(group, sent.seq());

    ada.awaitPush(
        Push.Mark.class,
        mark ->
            mark.conversation().equals(group)
                && mark.user().equals(grace.user())
                && mark.delivered() != null
                && mark.delivered() == sent.seq());
  }

  @Test
  void aMutedConversationCountsItselfButNotInTheTotal() throws Exception {
    var person = TOWN.person("newbie", 1);
    var loud = ada.create(ConversationKind.GROUP, "Loud", person);
    var quiet = ada.create(ConversationKind.GROUP, "Quiet", person);
    // The edge of a person who was just added asks the views, which may be a moment behind.
    TOWN.item(person, quiet, item -> item.path("unread").asInt() == 0);
    person.done(Frames.settings(quiet, Map.of("muted_for_seconds", -1)));
    ada.send(loud, "one");
    ada.send(quiet, "two");

    TOWN.item(person, quiet, item -> item.path("unread").asInt() == 1);
    TOWN.item(person, loud, item -> item.path("unread").asInt() == 1);
    TOWN.awaitRead(person, "/api/conversations/unread", total -> number(total, "unread") == 1);
  }

  @Test
  void settingsAndDraftsReachOnesOtherDeviceAndNobodyElse() throws Exception {
    var group = ada.create(ConversationKind.GROUP, "Settings", grace);
    // As above: her edge asks the views whether she is a member.
    TOWN.item(grace, group, item -> item.path("unread").asInt() == 0);

    grace.done(Frames.settings(group, Map.of("pinned", true)));
    grace.done(Frames.draft(group, "I was about to say"));

    graceElsewhere.awaitPush(
        Push.Settings.class,
        s -> s.conversation().equals(group) && Boolean.TRUE.equals(s.pinned()));
    graceElsewhere.awaitPush(
        Push.Draft.class, d -> d.conversation().equals(group) && d.text().contains("about"));
    var item =
        TOWN.item(
            grace,
            group,
            i ->
                i.path("settings").path("pinned").asBoolean()
                    && i.path("draft").toString().contains("about"));
    assertThat(item.path("settings").path("archived").asBoolean()).isFalse();
    grace.done(Frames.draft(group, ""));
    TOWN.item(grace, group, i -> !i.path("draft").toString().contains("about"));
    assertThat(ada.seen().pushes)
        .noneMatch(push -> push instanceof Push.Draft || push instanceof Push.Settings);
  }

  @Test
  void typingIsSeenByTheOthers() throws Exception {
    var group = ada.create(ConversationKind.GROUP, "Typing", grace);
    var ready = ada.send(group, "ready");
    grace.awaitEvent(group, ready.seq());

    grace.chat().typing(group);

    ada.awaitPush(
        Push.Typing.class,
        typing -> typing.conversation().equals(group) && typing.user().equals(grace.user()));
  }

  @Test
  void presenceIsToldToWhoAsksForItAndRightOverTwoDevices() throws Exception {
    var friend = TOWN.person("friend", 1);
    ada.create(ConversationKind.GROUP, "Presence", friend);
    Stage.get(ada.chat().show(Set.of(friend.user()), Set.of()));
    ada.awaitPush(Push.Presence.class, p -> p.user().equals(friend.user()) && p.online());
    var second = TOWN.device(friend, 0);

    friend.close();
    // Still there on the other device; the barrier is a message through it.
    var self = second.self();
    second.awaitEvent(self, second.send(self, "still here").seq());
    assertThat(ada.seen().pushes)
        .noneMatch(push ->
            push instanceof Push.Presence p && p.user().equals(friend.user()) && !p.online());
    second.close();

    var gone =
        ada.awaitPush(Push.Presence.class, p -> p.user().equals(friend.user()) && !p.online());
    assertThat(gone.lastSeen()).isNotNull();
  }

  @Test
  void whoHasAConversationOnScreenIsCountedOncePerAccountAndGuestsByConnection() throws Exception {
    var channel = ada.create(ConversationKind.CHANNEL, "Counts", grace);
    var shown = Set.of(channel);
    Stage.get(ada.chat().show(Set.of(), shown));
    Stage.get(grace.chat().show(Set.of(), shown));
    Stage.get(graceElsewhere.chat().show(Set.of(), shown)).expectDone();
    var guest = TOWN.rest.guest();
    try (var one = TOWN.connected(guest, 1);
        var two = TOWN.connected(guest, 0)) {
      for (var visitor : List.of(one, two)) {
        TOWN.watch(visitor, channel);
        Stage.get(visitor.chat().show(Set.of(), shown)).expectDone();
      }

      ada.awaitPush(
          Push.Counts.class,
          c -> c.conversation().equals(channel) && c.people() == 2 && c.guests() == 2);
    }
    // What is told from now on; at first ada was alone as well.
    ada.seen().pushes.clear();
    Stage.get(grace.chat().hide(Set.of(), shown));
    Stage.get(graceElsewhere.chat().hide(Set.of(), shown));
    ada.awaitPush(
        Push.Counts.class,
        c -> c.conversation().equals(channel) && c.people() == 1 && c.guests() == 0);
  }

  @Test
  void aGuestReadsAPublicChannelLiveAndNothingElse() throws Exception {
    var channel = ada.create(ConversationKind.CHANNEL, "For guests");
    var group = ada.create(ConversationKind.GROUP, "Not for guests", grace);
    ada.send(channel, "before");
    var guest = TOWN.connected(TOWN.rest.guest(), 1);
    assertThat(guest.seen().readies.getFirst().guest()).isTrue();

    TOWN.watch(guest, channel);
    var live = ada.send(channel, "live");
    guest.awaitEvent(channel, live.seq());

    TOWN.awaitRead(guest, path(channel, "/messages"), page -> page.toString().contains("live"));
    assertThat(guest.outcome(Frames.send(channel, Ids.uuid7(), "hi")))
        .isEqualTo("sign_in_required");
    assertThat(guest.outcome(Frames.join(channel))).isEqualTo("sign_in_required");
    assertThat(guest.outcome(new Frame("watch", in(group)))).isEqualTo("not_found");
    assertThat(TOWN.rest.get(path(group, "/messages"), guest.account().token()).status())
        .isEqualTo(404);
    assertThat(TOWN.rest.get("/api/search/messages?q=x", guest.account().token()).code())
        .isEqualTo("sign_in_required");
    var body = Person.object().put("id", Ids.uuid7().toString()).put("text", "hi");
    assertThat(TOWN.call("POST", guest, path(channel, "/messages"), body).code())
        .isEqualTo("sign_in_required");
  }

  @Test
  void whoWatchesSeesEventsUntilHeStops() throws Exception {
    var channel = ada.create(ConversationKind.CHANNEL, "Watched");
    TOWN.watch(grace, channel);
    var seen = ada.send(channel, "seen");
    grace.awaitEvent(channel, seen.seq());

    Stage.get(grace.chat().unwatch(channel)).expectDone();
    var unseen = ada.send(channel, "unseen");
    ada.awaitEvent(channel, unseen.seq());
    var barrier = grace.self();
    grace.awaitEvent(barrier, grace.send(barrier, "barrier").seq());

    assertThat(grace.events(channel).toString()).doesNotContain("unseen");
  }

  @Test
  void aChangedNameReachesOpenClients() throws Exception {
    var name = "Grace " + UUID.randomUUID().toString().substring(0, 8);
    var group = ada.create(ConversationKind.GROUP, "Profile", grace);
    ada.awaitEvent(group, ada.send(group, "hello").seq());

    TOWN.call("PATCH", grace, "/api/users/me", Person.object().put("display_name", name))
        .expectOk();

    ada.awaitPush(
        Push.Profile.class, p -> p.user().equals(grace.user()) && p.displayName().equals(name));
    graceElsewhere.awaitPush(Push.Profile.class, p -> p.displayName().equals(name));
  }

  private static boolean isRead(Push.Mark mark, UUID conversation, UUID user, long seq) {
    return mark.conversation().equals(conversation)
        && mark.user().equals(user)
        && mark.read() != null
        && mark.read() == seq;
  }

  private static long number(JsonNode total, String field) {
    var found = total.findValue(field);
    return found == null ? -1 : found.asLong();
  }

  private static ObjectNode in(UUID conversation) {
    return Person.object().put("conversation", conversation.toString());
  }

  private static String path(UUID conversation, String rest) {
    return "/api/conversations/" + conversation + rest;
  }
}
