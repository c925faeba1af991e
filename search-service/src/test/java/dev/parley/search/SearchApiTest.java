package dev.parley.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.log.PublisherConfig;
import dev.parley.log.RecordPublisher;
import dev.parley.schemas.content.Attachment;
import dev.parley.schemas.content.Content;
import dev.parley.schemas.conversation.HistoryVisibility;
import dev.parley.schemas.event.ChainedEvent;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.personal.Personal;
import dev.parley.schemas.personal.PersonalCodec;
import dev.parley.schemas.personal.PersonalEntry;
import dev.parley.schemas.topic.Topics;
import dev.parley.search.story.Await;
import dev.parley.search.story.Client;
import dev.parley.search.story.Engines;
import dev.parley.search.story.Story;
import dev.parley.search.story.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@SuppressWarnings("NullAway.Init") // Injected, and made before each test.
@QuarkusTest
@QuarkusTestResource(Engines.class)
class SearchApiTest {

  private static final UUID ANNA = Ids.uuid7();
  private static final UUID BORIS = Ids.uuid7();
  private static final UUID STRANGER = Ids.uuid7();

  @TestHTTPResource("/")
  String base;

  @ConfigProperty(name = "parley.kafka.bootstrap-servers")
  String bootstrap;

  @ConfigProperty(name = "test.token")
  String tokenKey;

  private Client client;
  private RecordPublisher publisher;

  @BeforeEach
  void connect() {
    client = new Client(base.substring(0, base.length() - 1), new Tokens(tokenKey));
    publisher = new RecordPublisher(PublisherConfig.of(bootstrap, "test"));
    publisher.prepare(Topics.EVENTS, java.time.Duration.ofSeconds(20));
    publisher.prepare(Topics.MARKS, java.time.Duration.ofSeconds(20));
  }

  @AfterEach
  void disconnect() {
    publisher.close();
  }

  @Test
  void aMemberFindsAMessageWithHighlightsAndAStrangerFindsNothing() {
    var story = story(HistoryVisibility.FROM_START);
    var message = story.sent(ANNA, "The <quick> brown fox & its friends");
    seen(story);

    var found = client.search(BORIS, "q", "brown fox", "conversation", story.id().toString());

    assertThat(found.status()).isEqualTo(200);
    assertThat(found.ids()).containsExactly(message.toString());
    JsonNode hit = found.json().path("hits").path(0);
    assertThat(hit.path("text").asText()).isEqualTo("The <quick> brown fox & its friends");
    assertThat(hit.path("highlights").path(0).asText())
        .isEqualTo("The &lt;quick&gt; <em>brown</em> <em>fox</em> &amp; its friends");
    assertThat(hit.path("author").asText()).isEqualTo(ANNA.toString());
    assertThat(hit.path("conversation").asText()).isEqualTo(story.id().toString());
    assertThat(hit.path("seq").asLong()).isEqualTo(story.seq());
    assertThat(found.json().path("total").asLong()).isEqualTo(1);
    assertThat(found.json().path("cursor").isNull()).isTrue();
    var stranger = client.search(STRANGER, "q", "brown fox");
    assertThat(stranger.status()).isEqualTo(200);
    assertThat(stranger.json().path("total").asLong()).isZero();
    assertThat(client.search(STRANGER, "q", "fox", "in", story.id().toString()).ids()).isEmpty();
  }

  @ParameterizedTest(name = "\"{1}\" finds \"{0}\"")
  @CsvSource(
      delimiter = '|',
      value = {
        "我们明天去北京大学开会 | 北京大学",
        "我们明天去北京大学开会 | 京",
        "東京タワーで会いましょう | タワー",
        "ﾊﾝｶｸ カタカナ | ハンカク",
        "서울에서 만나요 | 서울",
        "한국어를 배웁니다 | 국어",
        "Привет, как дела у ёлки | елки",
        "Привет, как дела | ПРИВЕТ",
        "مَرْحَبًا بالعالم | مرحبا",
        "الأصدقاء هنا | الاصدقاء",
        "שָׁלוֹם לכולם | שלום",
        "Ein Käsebrötchen für Zoë | kasebrotchen",
        "une soirée d'été | soiree",
        "Cafe\u0301 noir | café",
        "Ο Γιώργος ήρθε | γιωργος",
        "ฉันชอบกินข้าวผัด | ข้าว",
        "हिन्दी में संदेश | संदेश",
        "See Nat.succ_le_of_lt in Mathlib | succ_le",
        "https://example.org/some/page | example.org",
        "Straße nach Łódź | strasse lodz",
        "party 🎉 tonight | 🎉",
      })
  void anyScriptIsFound(String text, String query) {
    var story = story(HistoryVisibility.FROM_START);
    var message = story.sent(ANNA, text);
    story.sent(ANNA, "completely different");
    seen(story);

    var found = client.search(BORIS, "q", query, "conversation", story.id().toString());

    assertThat(found.ids()).containsExactly(message.toString());
    assertThat(found.json().at("/hits/0/highlights/0").asText()).contains("<em>");
  }

  @Test
  void bigramsKeepCharactersTogether() {
    var story = story(HistoryVisibility.FROM_START);
    story.sent(ANNA, "京北是另一个地方");
    var message = story.sent(ANNA, "去北京");
    seen(story);

    var found = client.search(BORIS, "q", "北京", "conversation", story.id().toString());

    assertThat(found.ids()).containsExactly(message.toString());
    assertThat(found.json().at("/hits/0/highlights/0").asText()).isEqualTo("去<em>北京</em>");
  }

  @Test
  void theLastWordFindsWhatBeginsWithItUnlessASpaceFollows() {
    var story = story(HistoryVisibility.FROM_START);
    var message = story.sent(ANNA, "deployment finished");
    seen(story);
    var in = story.id().toString();

    var typing = client.search(BORIS, "q", "finished depl", "in", in);

    assertThat(typing.ids()).containsExactly(message.toString());
    assertThat(typing.json().at("/hits/0/highlights/0").asText())
        .isEqualTo("<em>deployment</em> <em>finished</em>");
    assertThat(client.search(BORIS, "q", "finished depl ", "in", in).ids()).isEmpty();
    assertThat(client.search(BORIS, "q", "depl finished", "in", in).ids()).isEmpty();
    assertThat(client.search(BORIS, "q", "\"deployment fini", "in", in).ids()).hasSize(1);
  }

  @Test
  void aPhraseNeedsItsOrder() {
    var story = story(HistoryVisibility.FROM_START);
    var right = story.sent(ANNA, "release the build today");
    story.sent(ANNA, "build the release today");
    seen(story);
    var in = story.id().toString();

    assertThat(client.search(BORIS, "q", "\"release the build\"", "in", in).ids())
        .containsExactly(right.toString());
    assertThat(client.search(BORIS, "q", "release build today", "in", in).ids()).hasSize(2);
  }

  @Test
  void filtersNarrowByAuthorTimeAndThread() {
    var story = story(HistoryVisibility.FROM_START);
    var first = story.sent(ANNA, "plan one");
    var reply = story.inThread(BORIS, "plan two", first);
    story.sent(ANNA, "plan three");
    seen(story);
    var in = "in:" + story.id() + " ";

    assertThat(client.search(BORIS, "q", in + "from:me plan").texts()).containsExactly("plan two");
    assertThat(client.search(BORIS, "q", in + "plan", "from", ANNA.toString()).ids()).hasSize(2);
    assertThat(client.search(BORIS, "q", in + "plan", "thread", first.toString()).ids())
        .containsExactlyInAnyOrder(first.toString(), reply.toString());
    var at = client.search(BORIS, "q", in + "\"plan two\"").json().at("/hits/0/at").asText();
    assertThat(client.search(BORIS, "q", in + "plan", "before", at).texts())
        .containsExactly("plan one");
    assertThat(client.search(BORIS, "q", in + "plan", "after", at).ids()).hasSize(2);
    assertThat(client.search(BORIS, "conversation", story.id().toString()).texts())
        .containsExactly("plan three", "plan two", "plan one");
  }

  @Test
  void anEditIsFoundByItsNewTextOnlyAndADeletedMessageNotAtAll() {
    var story = story(HistoryVisibility.FROM_START);
    var first = story.sent(ANNA, "original wording");
    var thread = story.inThread(ANNA, "reply wording", first);
    seen(story);
    story.edited(ANNA, thread, 1, "changed words");
    story.deleted(ANNA, first);
    seen(story);
    var in = story.id().toString();

    assertThat(client.search(BORIS, "q", "wording ", "in", in).ids()).isEmpty();
    var found = client.search(BORIS, "q", "changed ", "in", in);
    assertThat(found.ids()).containsExactly(thread.toString());
    assertThat(found.json().at("/hits/0/thread").asText()).isEqualTo(first.toString());
  }

  @Test
  void whatIHidIsFoundByTheOthersOnly() {
    var story = story(HistoryVisibility.FROM_START);
    var message = story.sent(ANNA, "spoiler of the end");
    var other = story.sent(ANNA, "spoiler of nothing");
    seen(story);
    var in = story.id().toString();
    assertThat(client.search(BORIS, "q", "spoiler", "in", in).ids()).hasSize(2);

    hide(story, BORIS, message);

    Await.until(
        "it is left out",
        () ->
            client.search(BORIS, "q", "spoiler", "in", in).ids().equals(List.of(other.toString())));
    assertThat(client.search(BORIS, "q", "spoiler of the end").json().path("total").asLong())
        .isZero();
    assertThat(client.search(ANNA, "q", "spoiler", "in", in).ids()).hasSize(2);
    // Also where it changes later.
    story.edited(ANNA, message, 1, "spoiler once more");
    seen(story);
    assertThat(client.search(BORIS, "q", "spoiler", "in", in).ids())
        .containsExactly(other.toString());
  }

  private void hide(Story story, UUID user, UUID message) {
    var entry = new PersonalEntry(story.id(), user, 1, false, new Personal.Hidden(message));
    publisher
        .publishBeside(
            Topics.MARKS,
            story.id().toString(),
            PersonalCodec.key(entry),
            PersonalCodec.encode(entry))
        .toCompletableFuture()
        .join();
  }

  @Test
  void anExpiredMessageIsNotFound() {
    var story = story(HistoryVisibility.FROM_START);
    var message = story.sent(ANNA, "burns after reading");
    story.sent(ANNA, "stays after reading");
    story.expired(message);
    seen(story);

    assertThat(client.search(BORIS, "q", "reading", "in", story.id().toString()).texts())
        .containsExactly("stays after reading");
  }

  @Test
  void oneWhoWasBannedFindsNothingThatCameAfter() {
    var story = story(HistoryVisibility.FROM_START);
    story.sent(ANNA, "forbidden fruit before");
    story.banned(BORIS);
    story.sent(ANNA, "forbidden fruit after");
    seenBy(story, ANNA);

    assertThat(client.search(BORIS, "q", "forbidden").texts())
        .containsExactly("forbidden fruit before");
  }

  @Test
  void aMessageIsFoundByTheNamesOfItsAttachments() {
    var story = story(HistoryVisibility.FROM_START);
    var file = new Attachment("a1", "Budget <2027>.xlsx", "text/x", 5, "https://x/a1", 0, 0);
    var message = story.sent(ANNA, new Content("see this", List.of(), "", Map.of(), List.of(file)));
    var named = story.sent(ANNA, new Content("no budget yet", List.of(BORIS)));
    seen(story);
    var in = story.id().toString();

    var found = client.search(BORIS, "q", "budget 2027", "in", in);
    assertThat(found.ids()).containsExactly(message.toString());
    assertThat(found.json().at("/hits/0/text").asText()).isEqualTo("see this");
    assertThat(found.json().at("/hits/0/highlights/0").asText())
        .isEqualTo("see this\n<em>Budget</em> &lt;<em>2027</em>&gt;.xlsx");
    assertThat(client.search(BORIS, "q", "budget has:attachment", "in", in).ids())
        .containsExactly(message.toString());
    assertThat(client.search(BORIS, "in", in, "has", "attachment").ids())
        .containsExactly(message.toString());
    assertThat(client.search(BORIS, "q", "budget", "in", in, "mentions", "me").ids())
        .containsExactly(named.toString());
    assertThat(client.search(BORIS, "in", in, "has", "wings").status()).isEqualTo(422);
    story.deleted(ANNA, message);
    seen(story);
    assertThat(client.search(BORIS, "in", in, "has", "attachment").ids()).isEmpty();
  }

  @Test
  void guestsDoNotSearch() {
    var token = "Bearer " + client.tokens().ofGuest(ANNA);
    var answer = client.get("/api/search/messages?q=x", "Authorization", token);
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.code()).isEqualTo("sign_in_required");
  }

  @Test
  void oneWhoWasRemovedFindsWhatWasSentBeforeAndNothingSentOrChangedAfter() {
    var story = story(HistoryVisibility.FROM_START);
    var before = story.sent(ANNA, "secret plan before");
    var editedLater = story.sent(ANNA, "secret draft");
    story.removed(BORIS);
    story.sent(ANNA, "secret plan after");
    story.edited(ANNA, editedLater, 1, "secret final");
    seenBy(story, ANNA);

    var found = client.search(BORIS, "q", "secret");

    assertThat(found.ids()).containsExactly(before.toString());
    assertThat(found.json().path("total").asLong()).isEqualTo(1);
    assertThat(client.search(ANNA, "q", "secret", "in", story.id().toString()).ids()).hasSize(3);
  }

  @Test
  void historyFromJoiningShowsWhatCameAfterEachJoin() {
    var story = story(HistoryVisibility.FROM_JOINING);
    var newcomer = Ids.uuid7();
    story.sent(ANNA, "hidden note");
    story.joined(newcomer);
    var seen = story.sent(ANNA, "shown note");
    story.left(newcomer);
    story.sent(ANNA, "missed note");
    story.joined(newcomer);
    var again = story.sent(ANNA, "again note");
    seenBy(story, ANNA);

    assertThat(client.search(newcomer, "q", "note").ids())
        .containsExactlyInAnyOrder(seen.toString(), again.toString());
  }

  /// Clients make ids, and may take one that they have seen.
  @Test
  void anIdThatIsSentElsewhereIsAnotherMessage() {
    var story = story(HistoryVisibility.FROM_START);
    var message = story.sent(ANNA, "genuine words");
    var theirs = Story.group(HistoryVisibility.FROM_START, this::append).joined(STRANGER);
    for (int i = 0; i < 10; i++) {
      theirs.sent(STRANGER, "so that their seq is higher");
    }
    theirs.sentAs(STRANGER, message, "forged words");
    seen(story);
    assertThat(client.search(BORIS, "q", "words").texts()).containsExactly("genuine words");

    theirs.edited(STRANGER, message, 1, "forged words again").deleted(STRANGER, message);
    var last = story.sent(ANNA, "more words");
    seen(story);

    assertThat(client.search(BORIS, "q", "words").ids())
        .containsExactlyInAnyOrder(message.toString(), last.toString());
    assertThat(client.search(STRANGER, "q", "words").ids()).isEmpty();
  }

  @Test
  void aChangedRuleOfHistoryHoldsForEverybodyAtOnce() {
    var story = story(HistoryVisibility.FROM_START);
    var newcomer = Ids.uuid7();
    var before = story.sent(ANNA, "early note");
    story.joined(newcomer);
    var after = story.sent(ANNA, "late note");
    seenBy(story, ANNA);
    assertThat(client.search(newcomer, "q", "note").ids())
        .containsExactlyInAnyOrder(before.toString(), after.toString());

    story.historyBecame(HistoryVisibility.FROM_JOINING);
    var last = story.sent(ANNA, "last note");
    seenBy(story, ANNA);

    assertThat(client.search(newcomer, "q", "note").ids())
        .containsExactlyInAnyOrder(after.toString(), last.toString());
  }

  @Test
  void aMessageSentAfterARemovalIsNeverFoundByTheRemovedOneWhileIndexingGoesOn() throws Exception {
    var running = new AtomicBoolean(true);
    var leaked = new ArrayList<String>();
    var removedOnes = new ArrayList<UUID>();
    for (int i = 0; i < 8; i++) {
      removedOnes.add(Ids.uuid7());
    }
    var searcher =
        Thread.ofVirtual()
            .start(() -> {
              while (running.get()) {
                for (var user : removedOnes) {
                  leaked.addAll(client.search(user, "q", "afterwards").texts());
                }
              }
            });
    var stories = new ArrayList<Story>();
    for (var user : removedOnes) {
      for (int round = 0; round < 6; round++) {
        var story = Story.group(HistoryVisibility.FROM_START, this::append);
        story.joined(ANNA).joined(user);
        story.sent(ANNA, "beforehand");
        story.removed(user);
        story.sent(ANNA, "afterwards");
        stories.add(story);
      }
    }
    stories.forEach(story -> seenBy(story, ANNA));
    running.set(false);
    searcher.join();

    assertThat(leaked).isEmpty();
    assertThat(client.search(removedOnes.getFirst(), "q", "beforehand").ids()).hasSize(6);
  }

  @Test
  void pagesAreStableWhileIndexingGoesOn() {
    var story = story(HistoryVisibility.FROM_START);
    var expected = new HashSet<String>();
    for (int i = 0; i < 57; i++) {
      expected.add(story.sent(ANNA, "page item " + i).toString());
    }
    seen(story);
    for (var sort : List.of("newest", "relevance")) {
      var ids = new ArrayList<String>();
      var page = page(story, sort, "");
      while (true) {
        ids.addAll(page.ids());
        var cursor = page.json().path("cursor");
        if (cursor.isNull()) {
          break;
        }
        story.sent(ANNA, "page item added later");
        seen(story);
        page = page(story, sort, cursor.asText());
      }
      assertThat(ids).doesNotHaveDuplicates();
      assertThat(ids).containsAll(expected);
      expected.addAll(ids);
      expected.addAll(page(story, "newest", "").ids());
      expected.addAll(client.search(BORIS, "q", "later", "in", story.id().toString()).ids());
    }
  }

  @Test
  void aCursorIsForItsCallerItsQuestionAndUnchanged() {
    var story = story(HistoryVisibility.FROM_START);
    for (int i = 0; i < 4; i++) {
      story.sent(ANNA, "mine " + i);
    }
    seen(story);
    var in = story.id().toString();
    var first = client.search(BORIS, "q", "mine", "in", in, "limit", "2");
    var cursor = first.json().path("cursor").asText();

    assertThat(cursor).isNotEmpty();
    assertThat(first.json().path("total").asLong()).isEqualTo(4);
    var ofAnother = client.search(ANNA, "q", "mine", "in", in, "cursor", cursor);
    assertThat(ofAnother.status()).isEqualTo(400);
    assertThat(ofAnother.code()).isEqualTo("cursor_invalid");
    assertThat(client.search(BORIS, "q", "other", "in", in, "cursor", cursor).code())
        .isEqualTo("cursor_invalid");
    var forged = (cursor.charAt(0) == 'A' ? "B" : "A") + cursor.substring(1);
    assertThat(client.search(BORIS, "q", "mine", "in", in, "cursor", forged).code())
        .isEqualTo("cursor_invalid");
    assertThat(client.search(BORIS, "q", "mine", "in", in, "limit", "2", "cursor", cursor).ids())
        .hasSize(2);
  }

  @Test
  void whatCannotBeUnderstoodIsAProblemThatSaysWhy() {
    var unknown = client.search(ANNA, "q", "has:link report");
    assertThat(unknown.status()).isEqualTo(422);
    assertThat(unknown.code()).isEqualTo("invalid");
    assertThat(unknown.json().path("detail").asText()).contains("has:");
    assertThat(unknown.response().headers().firstValue("content-type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
    assertThat(client.search(ANNA).status()).isEqualTo(422);
    assertThat(client.search(ANNA, "q", "->").status()).isEqualTo(422);
    assertThat(client.search(ANNA, "q", "x", "limit", "0").status()).isEqualTo(422);
    assertThat(client.search(ANNA, "q", "x", "colour", "red").status()).isEqualTo(422);
    assertThat(client.search(ANNA, "q", "x", "from", "anna").status()).isEqualTo(422);
    assertThat(client.search(ANNA, "q", "x".repeat(600)).status()).isEqualTo(422);
  }

  @Test
  void withoutAValidTokenNothingIsAnswered() {
    var path = "/api/search/messages?q=x";
    var without = client.get(path);
    assertThat(without.status()).isEqualTo(401);
    assertThat(without.code()).isEqualTo("unauthenticated");
    assertThat(client.get(path, "Authorization", "Bearer nonsense").status()).isEqualTo(401);
    assertThat(
            client.get(path, "Authorization", "Bearer " + client.tokens().expired(ANNA)).status())
        .isEqualTo(401);
    var foreign = "Bearer " + Tokens.generate().of(ANNA);
    assertThat(client.get(path, "Authorization", foreign).status()).isEqualTo(401);
  }

  @Test
  void theAnswerSaysHowFarItSees() {
    var story = story(HistoryVisibility.FROM_START);
    story.sent(ANNA, "reached");
    seen(story);

    var ofConversation = client.search(BORIS, "q", "reached", "in", story.id().toString());
    assertThat(ofConversation.json().at("/indexed_through/seq").asLong()).isEqualTo(story.seq());
    var ofLog = client.search(BORIS, "q", "reached");
    assertThat(ofLog.json().at("/indexed_through/partitions").size()).isPositive();
    Await.until(
        "no lag", () -> client.search(BORIS, "q", "reached").json().path("lag_ms").asLong(-1) == 0);
    var ofStranger = client.search(STRANGER, "q", "reached", "in", story.id().toString());
    assertThat(ofStranger.json().at("/indexed_through/seq").asLong()).isZero();
  }

  @Test
  void healthIsGreenAndInternalAddressesAreNotThereForOthers() {
    assertThat(client.get("/q/health/ready").status()).isEqualTo(200);
    assertThat(client.get("/internal/counts").status()).isEqualTo(404);
    assertThat(client.get("/internal/counts", "Parley-Internal", "guess").status()).isEqualTo(404);
    assertThat(client.get("/internal/counts", "Parley-Internal", Engines.INTERNAL_SECRET).status())
        .isEqualTo(200);
  }

  private Client.Answer page(Story story, String sort, String cursor) {
    return cursor.isEmpty()
        ? client.search(
            BORIS, "q", "page item", "in", story.id().toString(), "sort", sort, "limit", "10")
        : client.search(
            BORIS,
            "q",
            "page item",
            "in",
            story.id().toString(),
            "sort",
            sort,
            "limit",
            "10",
            "cursor",
            cursor);
  }

  private Story story(HistoryVisibility history) {
    return Story.group(history, this::append).joined(ANNA).joined(BORIS);
  }

  private void append(ChainedEvent event) {
    publisher
        .publish(Topics.EVENTS, event.event().conversation().toString(), event.record())
        .toCompletableFuture()
        .join();
  }

  private void seen(Story story) {
    seenBy(story, BORIS);
  }

  private void seenBy(Story story, UUID member) {
    Await.until(
        "event " + story.seq() + " of " + story.id() + " is searched",
        () ->
            client
                    .search(member, "q", "x", "in", story.id().toString())
                    .json()
                    .at("/indexed_through/seq")
                    .asLong()
                >= story.seq());
  }
}
