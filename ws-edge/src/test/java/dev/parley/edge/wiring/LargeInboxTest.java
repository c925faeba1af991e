package dev.parley.edge.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.schemas.wire.Json;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// A person in 2,000 conversations, whose laptop slept for a week.
@QuarkusTest
class LargeInboxTest extends EdgeTest {

  private static final int CONVERSATIONS = 2_000;
  private static final int MISSED_MAX = 3;
  private static final int MORE_THAN_INLINE = 600;

  private final long seed = Long.getLong("seed", System.nanoTime());
  private final Random random = new Random(seed);

  @Test
  void whatWasMissedInEachIsExactAndFromTheBusiestThereIsAGap() {
    System.out.println("LargeInboxTest seed " + seed);
    var ada = world.person();
    var groups = new ArrayList<UUID>();
    for (var i = 0; i < CONVERSATIONS; i++) {
      groups.add(world.group(ada));
    }
    world.settle();

    var first = open(ada);
    var from = System.nanoTime();
    first.send("resume", "{}");
    var ready = first.push("ready");
    first.push("live");
    told("fresh", from, ready, 0);
    assertThat(ready.path("conversations")).hasSize(CONVERSATIONS);
    assertThat(first.rest()).noneMatch(frame -> frame.path("t").asText().equals("event"));
    var heads = new HashMap<UUID, Long>();
    for (var item : ready.path("conversations")) {
      heads.put(
          UUID.fromString(item.path("conversation").asText()), item.path("head_seq").asLong());
    }
    first.close();

    var busiest = groups.getFirst();
    var missed = new HashMap<UUID, Integer>();
    groups.forEach(group ->
        missed.put(
            group, group.equals(busiest) ? MORE_THAN_INLINE : random.nextInt(MISSED_MAX + 1)));
    missed.forEach((group, count) -> {
      for (var i = 0; i < count; i++) {
        world.append(group, ada, text("hi"));
      }
    });
    world.settle();

    var second = open(ada);
    var again = System.nanoTime();
    second.send("resume", "{\"heads\":" + json(heads) + "}");
    ready = second.push("ready");
    second.push("live");
    var events = events(second);
    told("by heads", again, ready, events.values().stream().mapToInt(List::size).sum());

    assertThat(ready.path("resumed").asBoolean()).isTrue();
    var gap = second.push("gap");
    assertThat(gap.path("conversation").asText()).isEqualTo(busiest.toString());
    assertThat(gap.path("from").asLong()).isEqualTo(heads.get(busiest) + 1);
    assertThat(gap.path("to").asLong()).isEqualTo(world.head(busiest));
    assertThat(second.rest()).noneMatch(frame -> frame.path("t").asText().equals("gap"));
    for (var group : groups) {
      var seqs =
          group.equals(busiest)
              ? List.<Long>of()
              : LongStream.rangeClosed(heads.get(group) + 1, world.head(group)).boxed().toList();
      assertThat(events.getOrDefault(group, List.of())).as("seed " + seed).isEqualTo(seqs);
    }
    second.close();
  }

  private static Map<UUID, List<Long>> events(TestSocket socket) {
    var events = new HashMap<UUID, List<Long>>();
    for (var frame : socket.rest()) {
      if (frame.path("t").asText().equals("event")) {
        events
            .computeIfAbsent(
                UUID.fromString(frame.path("d").path("conversation").asText()),
                _ -> new ArrayList<>())
            .add(frame.path("d").path("seq").asLong());
      }
    }
    return events;
  }

  private static void told(String how, long fromNanos, JsonNode ready, int events) {
    System.out.printf(
        "%d conversations, resumed %s: live after %d ms, ready of %d bytes, %d events%n",
        CONVERSATIONS,
        how,
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - fromNanos),
        ready.toString().length(),
        events);
  }

  private static String json(Map<UUID, Long> heads) {
    var json = Json.MAPPER.createObjectNode();
    heads.forEach((id, seq) -> json.put(id.toString(), seq));
    return json.toString();
  }
}
