package dev.parley.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.wire.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OrderTest {

  private static final UUID ROOM = Ids.uuid7();

  private final List<Long> applied = new ArrayList<>();
  private final List<Long> repeated = new ArrayList<>();
  private final List<String> gaps = new ArrayList<>();
  private final List<Long> fetches = new ArrayList<>();
  private final List<Runnable> later = new ArrayList<>();
  private @Nullable RuntimeException refusal;
  private long stored;

  private final Order order =
      new Order(
          (_, after) -> {
            fetches.add(after);
            var failure = refusal;
            return failure == null
                ? CompletableFuture.completedFuture(page(after))
                : CompletableFuture.failedFuture(failure);
          },
          new Order.Listener() {
            @Override
            public void apply(ConversationEvent event) {
              applied.add(event.seq());
            }

            @Override
            public void gap(UUID conversation, long from, long to) {
              gaps.add(from + ".." + to);
            }

            @Override
            public void repeated(ConversationEvent event) {
              repeated.add(event.seq());
            }
          },
          Runnable::run,
          (_, task) -> {
            later.add(task);
            return () -> later.remove(task);
          },
          Backoff.DEFAULT);

  /// Views that are behind do not know a join yet whose events are here; the server tells them
  /// again.
  @Test
  void whatWasAppliedIsNotAppliedAgainWhenAResumeLeavesItsConversationOut() {
    stored = 7;
    offer(5);
    offer(6);
    order.snapshot(List.of(), true, List.of());

    offer(5);
    offer(6);
    offer(7);

    assertThat(applied).containsExactly(5L, 6L, 7L);
    assertThat(repeated).containsExactly(5L, 6L);
    assertThat(gaps).isEmpty();
  }

  @Test
  void aConversationThatALaterResumeKnowsAgainGoesOnWhereItWas() {
    stored = 8;
    offer(5);
    order.snapshot(List.of(), true, List.of());
    order.snapshot(inbox(8), true, List.of());
    order.caughtUp();

    assertThat(applied).containsExactly(5L, 6L, 7L, 8L);
  }

  @Test
  void anotherStayThanTheOneThatWasLeftOutBeginsWhereTheInboxSays() {
    stored = 20;
    offer(5);
    order.snapshot(List.of(), true, List.of());
    order.snapshot(inbox(20, 15), true, List.of());
    order.caughtUp();
    offer(21);

    assertThat(applied).containsExactly(5L, 21L);
    assertThat(fetches).isEmpty();
  }

  @Test
  void theNextEventIsAppliedAndAnOlderOneIsNot() {
    order.snapshot(inbox(4), true, List.of());

    offer(5);
    offer(5);
    offer(3);

    assertThat(applied).containsExactly(5L);
    assertThat(repeated).containsExactly(5L, 3L);
  }

  @Test
  void aHoleIsReadBeforeWhatComesAfterIt() {
    order.snapshot(inbox(1), true, List.of());
    stored = 4;

    offer(5);

    assertThat(fetches).containsExactly(1L);
    assertThat(applied).containsExactly(2L, 3L, 4L, 5L);
  }

  @Test
  void aGapMovesTheHeadAndIsTold() {
    order.snapshot(inbox(1), true, List.of());

    order.skip(ROOM, 2, 700);
    offer(701);

    assertThat(gaps).containsExactly("2..700");
    assertThat(applied).containsExactly(701L);
    assertThat(order.heads()).containsEntry(ROOM, 701L);
  }

  @Test
  void aHoleTooLongToReadInIsAGap() {
    order.snapshot(inbox(1), true, List.of());
    stored = 1_000;

    offer(1_000);

    assertThat(fetches).isEmpty();
    assertThat(gaps).containsExactly("2..999");
    assertThat(applied).containsExactly(1_000L);
  }

  @Test
  void aHoleThatCannotBeReadNowIsReadLater() {
    order.snapshot(inbox(1), true, List.of());
    stored = 2;
    refusal = new IllegalStateException("no network");
    offer(3);
    assertThat(applied).isEmpty();

    refusal = null;
    later.removeFirst().run();

    assertThat(applied).containsExactly(2L, 3L);
  }

  @Test
  void aHoleThatIsRefusedIsToldAsAGap() {
    order.snapshot(inbox(1), true, List.of());
    var none = Optional.<Duration>empty();
    var body = Json.MAPPER.createObjectNode();
    refusal = new Answer.RefusedException(new Answer(404, body, Optional.empty(), none));

    offer(3);

    assertThat(gaps).containsExactly("2..2");
    assertThat(applied).containsExactly(3L);
  }

  @Test
  void whatTheInboxPromisesAndTheBacklogDoesNotBringIsFetched() {
    order.snapshot(inbox(1), true, List.of());
    order.snapshot(inbox(3), true, List.of());
    stored = 3;
    assertThat(fetches).isEmpty();

    order.caughtUp();

    assertThat(applied).containsExactly(2L, 3L);
  }

  @Test
  void aFreshStartTakesTheSnapshotsHead() {
    order.snapshot(inbox(1), true, List.of());

    order.snapshot(inbox(9), false, List.of());
    offer(9);
    offer(10);

    assertThat(applied).containsExactly(10L);
  }

  @Test
  void aResumeKeepsTheHeadOfWhatIsKnown() {
    order.snapshot(inbox(1), true, List.of());
    offer(2);

    order.snapshot(inbox(9), true, List.of());

    assertThat(order.heads()).containsEntry(ROOM, 2L);
  }

  @Test
  void anyShuffleOfPushesWithRepeatsAndLossIsAppliedOnceAndInOrder() {
    long seed = new Random().nextLong();
    System.out.println("OrderTest seed " + seed);
    var random = new Random(seed);
    order.snapshot(inbox(0), true, List.of());
    var pushes = new ArrayList<>(LongStream.rangeClosed(1, 200).boxed().toList());
    pushes.addAll(pushes.subList(20, 80));
    Collections.shuffle(pushes, random);
    pushes.removeIf(_ -> random.nextInt(10) < 3);

    for (long seq : pushes) {
      stored = Math.max(stored, seq);
      offer(seq);
    }
    stored = 201;
    offer(201);

    assertThat(applied).isEqualTo(LongStream.rangeClosed(1, 201).boxed().toList());
  }

  private void offer(long seq) {
    order.offer(ConversationEvent.of(event(seq), 0));
  }

  private JsonNode page(long after) {
    var page = Json.MAPPER.createObjectNode();
    var events = page.putArray("events");
    LongStream.rangeClosed(after + 1, Math.min(stored, after + 500))
        .forEach(seq -> events.add(event(seq)));
    return page;
  }

  private static ObjectNode event(long seq) {
    return Json.MAPPER.createObjectNode().put("conversation", ROOM.toString()).put("seq", seq);
  }

  private static List<InboxItem> inbox(long head) {
    return inbox(head, 1);
  }

  private static List<InboxItem> inbox(long head, long joined) {
    var item = Json.MAPPER.createObjectNode();
    item.put("conversation", ROOM.toString()).put("head_seq", head).put("joined_seq", joined);
    return List.of(InboxItem.of(item));
  }
}
