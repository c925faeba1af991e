package dev.parley.edge.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.edge.testkit.FakeClient;
import dev.parley.edge.testkit.FakeLog;
import dev.parley.edge.testkit.VirtualLoop;
import dev.parley.schemas.content.ContentReader;
import dev.parley.schemas.content.KeyLookup;
import dev.parley.schemas.event.ChainedEvent;
import dev.parley.schemas.id.Ids;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class HubTest {

  private static final long SETTLING_MILLIS = 500;

  private final VirtualLoop loop = new VirtualLoop();
  private final FakeLog log = new FakeLog(loop);
  private final List<UUID> seen = new ArrayList<>();
  private final Hub hub = hub();
  private final UUID ada = Ids.uuid7();
  private final UUID bob = Ids.uuid7();

  @Test
  void pushesInOrderReachEverySessionOfTheConversation() {
    var group = log.group(ada, bob);
    var one = live(ada, Map.of());
    var other = live(bob, Map.of());

    for (var i = 0; i < 5; i++) {
      push(log.message(group, ada));
    }

    assertThat(one.seqs(group)).isEqualTo(seqs(4, 8));
    assertThat(other.seqs(group)).isEqualTo(seqs(4, 8));
  }

  @Test
  void aMissingPushIsReadBeforeTheNextIsHandedOver() {
    var group = log.group(ada);
    var client = live(ada, Map.of());
    log.message(group, ada);

    push(log.message(group, ada));
    loop.advance(SETTLING_MILLIS);

    assertThat(client.seqs(group)).isEqualTo(seqs(3, 4));
    assertThat(client.faults).isEmpty();
  }

  @Test
  void aLostPushWithoutASuccessorIsFoundByTheSweep() {
    var group = log.group(ada);
    var client = live(ada, Map.of());
    log.message(group, ada);

    loop.advance(3_000);

    assertThat(client.seqs(group)).isEqualTo(seqs(3, 3));
  }

  @Test
  void aPushLostTogetherWithTheTailIsFoundInTheViews() {
    var group = log.group(ada);
    push(log.message(group, ada));
    var client = live(ada, Map.of());
    log.message(group, ada);
    log.flush();
    loop.advance(3_000);
    log.viewAll();

    loop.advance(5_000);

    assertThat(client.head(group)).isEqualTo(log.head(group));
  }

  @Test
  void repeatedAndLatePushesAreDropped() {
    var group = log.group(ada);
    var client = live(ada, Map.of());
    var first = log.message(group, ada);
    var second = log.message(group, ada);

    push(second, first, second, first);
    loop.advance(SETTLING_MILLIS);

    assertThat(client.seqs(group)).isEqualTo(seqs(3, 4));
  }

  @Test
  void aGapThatNobodyCanFillYetHoldsTheConversationAndNoOther() {
    var group = log.group(ada);
    var other = log.group(ada);
    var client = live(ada, Map.of());
    log.message(group, ada);
    var later = log.message(group, ada);
    log.flush();

    push(later);
    push(log.message(other, ada));
    loop.advance(SETTLING_MILLIS);
    assertThat(client.seqs(group)).isEmpty();
    assertThat(client.seqs(other)).isEqualTo(seqs(3, 3));

    log.viewAll();
    loop.advance(5_000);
    assertThat(client.seqs(group)).isEqualTo(seqs(3, 4));
  }

  @Test
  void whoHasMoreConversationsThanTheViewsTellIsToldSo() {
    log.group(ada);
    log.group(ada);
    assertThat(live(ada, Map.of()).all("ready").getFirst().path("d").has("truncated")).isFalse();
    log.inboxMax = 1;
    var ready = live(ada, Map.of()).all("ready").getFirst().path("d");
    assertThat(ready.path("conversations")).hasSize(1);
    assertThat(ready.path("truncated").asBoolean()).isTrue();
  }

  @Test
  void aConversationThatGetsNoFurtherIsToldOf() {
    var group = log.group(ada);
    live(ada, Map.of());
    var lost = log.message(group, ada);
    log.flush();
    push(log.message(group, ada));
    assertThat(hub.stuck(30_000).count()).isZero();

    loop.advance(30_000);
    assertThat(hub.stuck(30_000)).isEqualTo(new Stuck(1, group, 30_000));

    push(lost);
    assertThat(hub.stuck(30_000).count()).isZero();
    log.viewAll();
    loop.advance(60_000);
    assertThat(hub.stuck(0)).isEqualTo(new Stuck(0, null, 0));
  }

  @Test
  void whoIsRemovedGetsTheRemovalAndNothingAfterIt() {
    var group = log.group(ada, bob);
    var client = live(bob, Map.of());
    var removal = log.remove(group, bob);

    push(removal, log.message(group, ada), log.message(group, ada));
    loop.advance(60_000);

    assertThat(client.seqs(group)).isEqualTo(seqs(4, 4));
  }

  @Test
  void aRemovalFoundWhileFillingEndsItToo() {
    var group = log.group(ada, bob);
    var client = live(bob, Map.of());
    log.remove(group, bob);
    log.message(group, ada);

    push(log.message(group, ada));
    loop.advance(60_000);

    assertThat(client.seqs(group)).isEqualTo(seqs(4, 4));
  }

  @Test
  void aViewThatDoesNotKnowOfTheRemovalYetDoesNotLetTheRemovedIn() {
    var group = log.group(ada, bob);
    log.remove(group, bob);
    log.message(group, ada);

    var claims = live(bob, Map.of(group, log.head(group)));
    var fresh = live(bob, Map.of());
    push(log.message(group, ada));
    loop.advance(SETTLING_MILLIS);

    assertThat(claims.seqs(group)).isEmpty();
    assertThat(fresh.seqs(group)).isEqualTo(seqs(4, 4));
  }

  @Test
  void whoIsInvitedGetsEverythingFromTheInvitationOn() {
    var group = log.group(ada);
    var client = live(bob, Map.of());
    log.message(group, ada);
    var joined = log.join(group, bob);

    pushToUser(bob, joined);
    // Pushed before the subscription stands: only the tail has it.
    log.message(group, ada);
    loop.advance(SETTLING_MILLIS);
    push(log.message(group, ada));

    assertThat(client.seqs(group)).isEqualTo(seqs(4, 6));
  }

  @Test
  void whoIsInvitedToAConversationThatOthersHaveHereMissesNothing() {
    var group = log.group(ada);
    live(ada, Map.of());
    var client = live(bob, Map.of());
    var joined = log.join(group, bob);

    push(joined);
    push(log.message(group, ada));
    pushToUser(bob, joined);
    push(log.message(group, ada));
    loop.advance(SETTLING_MILLIS);

    assertThat(client.seqs(group)).isEqualTo(seqs(3, 5));
  }

  @Test
  void aLostInvitationIsFoundWhenTheInboxIsCompared() {
    var group = log.group(ada);
    var client = live(bob, Map.of());
    log.join(group, bob);
    log.message(group, ada);
    log.viewAll();

    loop.advance(40_000);

    assertThat(client.seqs(group)).isEqualTo(seqs(3, 4));
  }

  @Test
  void whoIsRemovedAndInvitedAgainGoesOnFromTheSecondJoin() {
    var group = log.group(ada, bob);
    var client = live(bob, Map.of());
    var removed = log.remove(group, bob);
    log.message(group, ada);
    var joined = log.join(group, bob);

    // The person's channel is ahead of the conversation's.
    pushToUser(bob, joined);
    push(removed);
    loop.advance(SETTLING_MILLIS);
    push(log.message(group, ada));
    loop.advance(SETTLING_MILLIS);

    assertThat(client.seqs(group)).isEqualTo(List.of(4L, 6L, 7L));
    assertThat(client.faults).isEmpty();
  }

  @Test
  void whoIsInvitedAgainIsNeverGivenWhatWasSaidMeanwhile() {
    var group = log.group(ada, bob);
    var client = live(bob, Map.of());
    var removed = log.remove(group, bob);
    var secret = log.message(group, ada);
    var again = log.join(group, bob);
    // The join is heard of first, so that the session goes on from it without having stopped.
    pushToUser(bob, again);
    push(removed, secret, again);
    loop.advance(SETTLING_MILLIS);
    assertThat(client.seqs(group)).isEqualTo(List.of(4L, 6L));
    assertThat(client.all("gap").getLast().path("d").path("to").asLong()).isEqualTo(5);

    // A head from before the removal, as of a client that lost what came since.
    hub.compareHeads(client, Map.of(group, 3L));
    loop.advance(SETTLING_MILLIS);
    assertThat(client.seqs(group)).isEqualTo(List.of(4L, 6L, 6L));
    assertThat(client.all("gap").getLast().path("d").path("from").asLong()).isEqualTo(4);
    assertThat(client.all("gap").getLast().path("d").path("to").asLong()).isEqualTo(5);
  }

  @Test
  void whoWatchesAndAsksForOlderEventsIsToldOfTheGap() {
    var channel = log.group(ada);
    log.message(channel, ada);
    log.viewAll();
    log.flush();
    var client = live(bob, Map.of());
    hub.watch(client, channel, 3, 1);
    loop.advance(SETTLING_MILLIS);
    push(log.message(channel, ada));
    loop.advance(SETTLING_MILLIS);

    hub.compareHeads(client, Map.of(channel, 1L));
    loop.advance(SETTLING_MILLIS);

    var gap = client.all("gap").getLast().path("d");
    assertThat(List.of(gap.path("from").asLong(), gap.path("to").asLong()))
        .isEqualTo(List.of(2L, 3L));
    assertThat(client.seqs(channel)).isEqualTo(List.of(4L, 4L));
  }

  @Test
  void whoJoinedLaterIsGivenNothingFromBeforeWhateverTheyClaimToHave() {
    var group = log.group(ada);
    log.message(group, ada);
    log.join(group, bob);
    log.message(group, ada);
    log.viewAll();
    log.flush();
    var client = live(bob, Map.of(group, 1L));
    assertThat(client.seqs(group)).isEqualTo(seqs(4, 5));
    hub.compareHeads(client, Map.of(group, 0L));
    loop.advance(SETTLING_MILLIS);
    assertThat(client.seqs(group)).isEqualTo(List.of(4L, 5L, 4L, 5L));
    assertThat(client.all("gap").getLast().path("d").path("to").asLong()).isEqualTo(3);
  }

  @Test
  void whoHasSeenTheSecondJoinIsToldOfNoGapBeforeItThoughTheViewIsBehindTheRemoval() {
    var group = log.group(ada, bob);
    log.remove(group, bob);
    log.message(group, ada);
    log.join(group, bob);

    var client = live(bob, Map.of(group, log.head(group)));
    log.viewAll();
    loop.advance(40_000);
    push(log.message(group, ada));
    loop.advance(SETTLING_MILLIS);

    assertThat(client.seqs(group)).isEqualTo(seqs(7, 7));
    assertThat(client.faults).isEmpty();
  }

  @Test
  void aSnapshotOlderThanTheRemovalDoesNotBringTheConversationBack() {
    var group = log.group(ada, bob);
    var client = live(bob, Map.of());
    push(log.remove(group, bob));
    push(log.message(group, ada));

    loop.advance(120_000);

    assertThat(client.seqs(group)).isEqualTo(seqs(4, 4));
  }

  @Test
  void aCreatedConversationIsSeenByItsCreatorFromItsFirstEvent() {
    var client = live(ada, Map.of());
    var group = log.group(ada);

    pushToUser(ada, log.at(group, 1));
    pushToUser(ada, log.at(group, 2));
    loop.advance(SETTLING_MILLIS);

    assertThat(client.seqs(group)).isEqualTo(seqs(1, 2));
  }

  @Test
  void resumingSendsWhatWasMissedThenLive() {
    var group = log.group(ada);
    var before = live(ada, Map.of());
    push(log.message(group, ada));
    hub.leave(before);
    log.message(group, ada);
    log.message(group, ada);
    log.viewAll();

    var after = live(ada, before.heads());

    assertThat(after.seqs(group)).isEqualTo(seqs(4, 5));
    assertThat(after.frames.getFirst().path("t").asText()).isEqualTo("ready");
    assertThat(after.frames.getLast().path("t").asText()).isEqualTo("live");
    assertThat(after.all("ready").getFirst().path("d").path("resumed").asBoolean()).isTrue();
    assertThat(after.faults).isEmpty();
  }

  @Test
  void eventsPushedWhileTheBacklogIsReadComeOnceAndInOrder() {
    var group = log.group(ada);
    for (var i = 0; i < 40; i++) {
      log.message(group, ada);
    }
    var client = new FakeClient(ada, Map.of(group, 2L));
    hub.resume(client, new Position.Heads(client.heads()));
    for (var i = 0; i < 60; i++) {
      loop.advance(1);
      push(log.message(group, ada));
    }
    loop.advance(SETTLING_MILLIS);

    assertThat(client.seqs(group)).isEqualTo(seqs(3, 102));
    assertThat(client.faults).isEmpty();
  }

  @Test
  void moreThanFitsInlineIsAGap() {
    var group = log.group(ada);
    for (var i = 0; i < 600; i++) {
      log.message(group, ada);
    }
    log.viewAll();
    log.message(group, ada);

    var client = live(ada, Map.of(group, 2L));

    assertThat(client.all("gap")).hasSize(1);
    assertThat(client.all("gap").getFirst().path("d").path("to").asLong()).isEqualTo(602);
    assertThat(client.seqs(group)).isEqualTo(seqs(603, 603));
    assertThat(client.faults).isEmpty();
  }

  @Test
  void aFreshConversationStartsAtTheSnapshotEvenIfTheViewIsBehind() {
    var group = log.group(ada);
    log.message(group, ada);

    var client = live(ada, Map.of());

    assertThat(client.seqs(group)).isEqualTo(seqs(3, 3));
  }

  @Test
  void aPositionInTheFutureGivesAWholeSnapshotAndSaysSo() {
    var group = log.group(ada);

    var client = live(ada, Map.of(group, 99L));

    assertThat(client.all("ready").getFirst().path("d").path("resumed").asBoolean()).isFalse();
    assertThat(client.head(group)).isEqualTo(2);
  }

  @Test
  void theCursorOfLiveResumesWhereItWasGiven() {
    var group = log.group(ada);
    var client = live(ada, Map.of());
    var cursor = Cursor.decode(client.all("live").getFirst().path("d").path("cursor").asText());

    assertThat(cursor).isEqualTo(new Cursor("e1", Map.of(group, 2L)));
  }

  @Test
  void aBacklogWaitsForRoom() {
    var group = log.group(ada);
    log.message(group, ada);
    var client = new FakeClient(ada, Map.of(group, 2L));
    client.room = false;
    hub.resume(client, new Position.Heads(client.heads()));
    loop.advance(SETTLING_MILLIS);
    assertThat(client.seqs(group)).isEmpty();

    client.makeRoom();
    loop.advance(SETTLING_MILLIS);

    assertThat(client.seqs(group)).isEqualTo(seqs(3, 3));
  }

  @Test
  void aSessionThatIsFullHarmsNobodyElse() {
    var group = log.group(ada, bob);
    var slow = live(ada, Map.of());
    var quick = live(bob, Map.of());
    slow.accepts = false;

    push(log.message(group, ada), log.message(group, ada));

    assertThat(quick.seqs(group)).isEqualTo(seqs(4, 5));
    assertThat(slow.seqs(group)).isEmpty();
  }

  @Test
  void whileRedisIsAwayNobodyBecomesReadyAndAfterwardsNothingIsLost() {
    var group = log.group(ada);
    var client = live(ada, Map.of());
    log.redisReached = false;
    log.message(group, ada);
    log.message(group, ada);
    loop.advance(10_000);
    assertThat(client.seqs(group)).isEmpty();

    log.redisReached = true;
    hub.reconnected();
    loop.advance(SETTLING_MILLIS);

    assertThat(client.seqs(group)).isEqualTo(seqs(3, 4));
  }

  @Test
  void aResumeThatFailsMayBeTriedAgain() {
    var group = log.group(ada);
    log.viewsReached = false;
    var client = new FakeClient(ada);
    var first = hub.resume(client, new Position.Nowhere());
    loop.advance(SETTLING_MILLIS);
    assertThat(first.toCompletableFuture()).isCompletedExceptionally();

    log.viewsReached = true;
    hub.resume(client, new Position.Nowhere());
    loop.advance(SETTLING_MILLIS);
    push(log.message(group, ada));

    assertThat(client.seqs(group)).isEqualTo(seqs(3, 3));
  }

  @Test
  void aConversationIsLetGoAWhileAfterItsLastListener() {
    var group = log.group(ada);
    var client = live(ada, Map.of());
    assertThat(hub.isSubscribed(group)).isTrue();

    hub.leave(client);
    loop.advance(1_000);
    assertThat(log.isSubscribed(group)).isTrue();
    assertThat(log.isSubscribedUser(ada)).isFalse();

    loop.advance(60_000);
    assertThat(log.isSubscribed(group)).isFalse();
    assertThat(hub.isSubscribed(group)).isFalse();
    assertThat(hub.conversations()).isZero();
  }

  @Test
  void everyEventIsSeenByWhoWaitsForOutcomes() {
    var group = log.group(ada);
    live(ada, Map.of());
    var lost = log.message(group, ada);

    push(log.message(group, ada));
    loop.advance(SETTLING_MILLIS);

    assertThat(seen).contains(lost.event().commandId());
  }

  private Hub hub() {
    var made =
        new Hub(
            new Hub.Surroundings(
                "e1",
                loop,
                log,
                log,
                log,
                new ContentReader(_ -> new KeyLookup.Unknown()),
                1_000_000,
                event -> seen.add(event.commandId())),
            LIMITS);
    made.start();
    return made;
  }

  static final HubLimits LIMITS =
      new HubLimits(500, 16, 8, 2, 100, 10_000, 2_000, 500, 3, 30_000, 4, 30_000, 20, 2_000);

  private FakeClient live(UUID user, Map<UUID, Long> heads) {
    var client = new FakeClient(user, new HashMap<>(heads));
    hub.resume(client, heads.isEmpty() ? new Position.Nowhere() : new Position.Heads(heads));
    loop.advance(SETTLING_MILLIS);
    assertThat(client.all("live")).hasSize(1);
    return client;
  }

  private void push(ChainedEvent... events) {
    for (var event : events) {
      loop.settle();
      hub.pushed(event);
    }
    loop.settle();
  }

  private void pushToUser(UUID user, ChainedEvent event) {
    hub.pushedToUser(user, event);
    loop.settle();
  }

  private static List<Long> seqs(long from, long to) {
    return LongStream.rangeClosed(from, to).boxed().toList();
  }
}
