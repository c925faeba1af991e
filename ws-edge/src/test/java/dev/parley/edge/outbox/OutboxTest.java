package dev.parley.edge.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OutboxTest {

  private final AtomicInteger wakes = new AtomicInteger();
  private final Outbox outbox = new Outbox(40, 100, wakes::incrementAndGet);

  @Test
  void framesComeOutInOrderJoinedByNewlines() {
    offer("a");
    offer("b");
    offer("c");

    assertThat(take(3)).isEqualTo("a\nb");
    assertThat(take(100)).isEqualTo("c");
    assertThat(take(100)).isNull();
  }

  @Test
  void orderHoldsAroundTheRing() {
    for (var i = 0; i < 200; i++) {
      offer("x" + i);
      offer("y" + i);
      assertThat(take(2)).isEqualTo("x" + i);
      assertThat(take(2)).isEqualTo("y" + i);
    }
  }

  @Test
  void theTakerIsWokenOnceUntilItHasFoundNothing() {
    offer("a");
    offer("b");
    assertThat(wakes).hasValue(1);

    take(100);
    assertThat(take(100)).isNull();
    offer("c");
    assertThat(wakes).hasValue(2);
  }

  @Test
  void itIsBoundedInFrames() {
    for (var i = 0; i < 40; i++) {
      assertThat(offer("x")).isTrue();
    }
    assertThat(offer("x")).isFalse();
    take(1);
    assertThat(offer("x")).isTrue();
  }

  @Test
  void itIsBoundedInBytes() {
    assertThat(offer("x".repeat(60))).isTrue();
    assertThat(offer("x".repeat(41))).isFalse();
    assertThat(offer("x".repeat(40))).isTrue();
  }

  @Test
  void oneLargeFrameIsLetInWhileHalfIsFree() {
    assertThat(offer("x".repeat(50))).isTrue();
    assertThat(offer("x".repeat(500))).isTrue();
    assertThat(offer("x")).isFalse();
    assertThat(take(10)).hasSize(50);
    assertThat(take(10)).hasSize(500);
  }

  @Test
  void aLargeFrameIsRefusedWhereMoreThanHalfIsUsed() {
    assertThat(offer("x".repeat(51))).isTrue();
    assertThat(offer("x".repeat(500))).isFalse();
  }

  @Test
  void whoWaitsForRoomIsToldOnceHalfIsFree() {
    var told = new AtomicInteger();
    for (var i = 0; i < 30; i++) {
      offer("x");
    }
    outbox.whenRoom(told::incrementAndGet);
    for (var i = 0; i < 9; i++) {
      take(1);
    }
    assertThat(told).hasValue(0);
    take(1);
    take(1);
    assertThat(told).hasValue(1);
  }

  @Test
  void aClosedOutboxHoldsAndTakesNothing() {
    offer("a");
    outbox.close();

    assertThat(offer("b")).isFalse();
    assertThat(take(10)).isNull();
    assertThat(outbox.size()).isZero();
  }

  private boolean offer(String text) {
    return outbox.offer(new Frame(text.getBytes(StandardCharsets.UTF_8)));
  }

  private @Nullable String take(int bytes) {
    var message = outbox.take(bytes);
    return message == null ? null : new String(message, StandardCharsets.UTF_8);
  }
}
