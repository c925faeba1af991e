package dev.parley.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.schemas.id.Ids;
import java.util.HashMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class WhereaboutsTest {

  private static final int FRAME_BYTES_MAX = 98_304;

  private final Order order =
      new Order(
          (_, _) -> new CompletableFuture<>(),
          new Order.Listener() {
            @Override
            public void apply(ConversationEvent event) {}

            @Override
            public void gap(UUID conversation, long from, long to) {}

            @Override
            public void repeated(ConversationEvent event) {}
          },
          Runnable::run,
          (_, _) -> () -> {},
          Backoff.DEFAULT);

  private final Whereabouts whereabouts = new Whereabouts(order, "e1");

  @Test
  void twoThousandHeadsFitIntoAFrame() {
    have(2_000);

    var frame = whereabouts.resume(FRAME_BYTES_MAX);

    assertThat(frame.content().path("heads")).hasSize(2_000);
    assertThat(frame.content().toString().length()).isLessThan(FRAME_BYTES_MAX);
  }

  @Test
  void moreAreToldByTheCursorWhereThereIsOne() {
    have(5_000);
    assertThat(whereabouts.resume(FRAME_BYTES_MAX).content().toString().length())
        .isLessThan(FRAME_BYTES_MAX);

    whereabouts.at("a-cursor");

    assertThat(whereabouts.resume(FRAME_BYTES_MAX).content().path("cursor").asText())
        .isEqualTo("a-cursor");
  }

  @Test
  void pingsTellAllHeadsInTurn() {
    have(250);
    var told = new HashMap<String, Boolean>();

    for (int i = 0; i < 3; i++) {
      whereabouts
          .ping()
          .content()
          .path("heads")
          .fieldNames()
          .forEachRemaining(id -> told.put(id, true));
    }

    assertThat(told).hasSize(250);
  }

  private void have(int conversations) {
    var heads = new HashMap<UUID, Long>();
    for (int i = 0; i < conversations; i++) {
      heads.put(Ids.uuid7(), 999_999L);
    }
    order.start(heads);
  }
}
