package dev.parley.bench.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.wire.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class OrderTest {

  private static final UUID ROOM = Ids.uuid7();

  private final List<Long> applied = new ArrayList<>();
  private final List<Long> repeated = new ArrayList<>();
  private final List<String> gaps = new ArrayList<>();
  private final List<Long> fetches = new ArrayList<>();
  private long stored;

  private final Order order =
      new Order(
          (_, after) -> {
            fetches.add(after);
            return CompletableFuture.completedFuture(page(after));
          },
          new Order.Listener() {
            @Override
            public void apply(JsonNode event, long receivedNanos) {
              applied.add(event.path("seq").asLong());
            }

            @Override
            public void gap(UUID conversation, long from, long to) {
              gaps.add(from + ".." + to);
            }

            @Override
            public void repeated(JsonNode event) {
              repeated.add(event.path("seq").asLong());
            }
          },
          Runnable::run);

  @Test
  void theNextEventIsAppliedAndAnOlderOneIsNot() {
    order.snapshot(inbox(4));

    offer(5);
    offer(5);
    offer(3);

    assertThat(applied).containsExactly(5L);
    assertThat(repeated).containsExactly(5L, 3L);
  }

  @Test
  void aHoleIsReadBeforeWhatComesAfterIt() {
    order.snapshot(inbox(1));
    stored = 4;

    offer(5);

    assertThat(fetches).containsExactly(1L);
    assertThat(applied).containsExactly(2L, 3L, 4L, 5L);
  }

  @Test
  void aGapMovesTheHeadAndIsTold() {
    order.snapshot(inbox(1));

    order.skip(ROOM, 2, 700);
    offer(701);

    assertThat(gaps).containsExactly("2..700");
    assertThat(applied).containsExactly(701L);
    assertThat(order.heads()).containsEntry(ROOM, 701L);
  }

  @Test
  void aResumeKeepsTheHeadOfWhatIsKnown() {
    order.snapshot(inbox(1));
    offer(2);

    order.snapshot(inbox(9));

    assertThat(order.heads()).containsEntry(ROOM, 2L);
  }

  @Test
  void anyShuffleOfPushesWithRepeatsAndLossIsAppliedOnceAndInOrder() {
    long seed = new Random().nextLong();
    System.out.println("OrderTest seed " + seed);
    var random = new Random(seed);
    order.snapshot(inbox(0));
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
    order.offer(event(seq), 0);
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

  private static JsonNode inbox(long head) {
    var item = Json.MAPPER.createObjectNode();
    item.put("conversation", ROOM.toString()).put("head_seq", head);
    return Json.MAPPER.createArrayNode().add(item);
  }
}
