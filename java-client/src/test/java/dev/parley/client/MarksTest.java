package dev.parley.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.schemas.id.Ids;
import dev.parley.schemas.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class MarksTest {

  private static final UUID ROOM = Ids.uuid7();

  private final List<Runnable> later = new ArrayList<>();
  private final List<Frame> sent = new ArrayList<>();
  private final List<CompletableFuture<Reply>> replies = new ArrayList<>();

  private final Marks marks =
      new Marks(
          frame -> {
            sent.add(frame);
            var reply = new CompletableFuture<Reply>();
            replies.add(reply);
            return reply;
          },
          (_, task) -> {
            later.add(task);
            return () -> later.remove(task);
          },
          300);

  @Test
  void ofManyMarksTheHighestGoesOut() {
    marks.read(ROOM, 3, null);
    marks.read(ROOM, 9, null);
    marks.read(ROOM, 5, null);

    tick();

    assertThat(seqs()).containsExactly(9L);
  }

  @Test
  void aHigherOneWaitsForTheAnswerToTheOneBefore() {
    marks.read(ROOM, 3, null);
    tick();
    marks.read(ROOM, 4, null);
    assertThat(later).isEmpty();

    replies.getFirst().complete(new Reply.Done(Json.MAPPER.createObjectNode()));
    tick();

    assertThat(seqs()).containsExactly(3L, 4L);
  }

  @Test
  void whatIsReadNeedNotBeDelivered() {
    marks.delivered(ROOM, 3);
    marks.read(ROOM, 3, null);
    marks.delivered(ROOM, 2);

    tick();

    assertThat(sent).singleElement().extracting(Frame::type).isEqualTo("read");
  }

  @Test
  void aThreadHasItsOwnMark() {
    var thread = Ids.uuid7();
    marks.read(ROOM, 9, null);
    marks.read(ROOM, 4, thread);

    tick();

    assertThat(seqs()).containsExactlyInAnyOrder(9L, 4L);
  }

  private void tick() {
    var due = List.copyOf(later);
    later.clear();
    due.forEach(Runnable::run);
  }

  private List<Long> seqs() {
    return sent.stream().map(frame -> frame.content().path("seq").asLong()).toList();
  }
}
