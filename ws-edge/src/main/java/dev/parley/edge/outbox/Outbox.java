package dev.parley.edge.outbox;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What waits to be written to one socket.
///
/// Any thread offers; one thread, woken when there is something, takes. Bounded in frames and in
/// bytes: over a bound an offer is refused, and it is the caller's matter to close the socket.
/// Where less than half of the bytes is used, one frame is let in however large it is, since the
/// snapshot of a large inbox could never be sent otherwise. An offer costs a slot of a ring and
/// nothing else.
public final class Outbox {

  private static final int FIRST_SLOTS = 16;

  private final int framesMax;
  private final long bytesMax;
  private final Runnable wake;

  private @Nullable Frame[] ring = new Frame[FIRST_SLOTS];
  private int head;
  private int count;
  private long bytes;
  private boolean awake;
  private boolean closed;
  private List<Runnable> waitingForRoom = new ArrayList<>(0);

  /// @param wake called when the taker has to look again; never while it still takes
  public Outbox(int framesMax, long bytesMax, Runnable wake) {
    this.framesMax = framesMax;
    this.bytesMax = bytesMax;
    this.wake = wake;
  }

  /// Whether the frame was taken in; not if the outbox is full or closed.
  public boolean offer(Frame frame) {
    boolean wakes;
    synchronized (this) {
      if (closed || isFullFor(frame)) {
        return false;
      }
      put(frame);
      wakes = !awake;
      awake = true;
    }
    if (wakes) {
      wake.run();
    }
    return true;
  }

  /// The next WebSocket message: one frame, or several joined by newlines up to `bytesAbout`. Null:
  /// there is nothing, and the next offer wakes the taker again.
  public byte @Nullable [] take(int bytesAbout) {
    byte[] message;
    List<Runnable> haveRoom;
    synchronized (this) {
      if (count == 0) {
        awake = false;
        return null;
      }
      message = join(framesWithin(bytesAbout));
      haveRoom = hasRoomNow() ? takeWaiting() : List.of();
    }
    haveRoom.forEach(Runnable::run);
    return message;
  }

  /// Whether a backlog may go on being written: less than half of either bound is used.
  public synchronized boolean hasRoom() {
    return hasRoomNow();
  }

  /// Runs `task` once there is room, at once if there is; never if the outbox is closed before.
  public void whenRoom(Runnable task) {
    synchronized (this) {
      if (closed) {
        return;
      }
      if (!hasRoomNow()) {
        waitingForRoom.add(task);
        return;
      }
    }
    task.run();
  }

  /// Drops what waits and refuses everything from now on.
  public synchronized void close() {
    closed = true;
    Arrays.fill(ring, null);
    count = 0;
    bytes = 0;
    waitingForRoom.clear();
  }

  /// Frames that wait.
  public synchronized int size() {
    return count;
  }

  private boolean isFullFor(Frame frame) {
    return count >= framesMax || (bytes > bytesMax / 2 && bytes + frame.bytes().length > bytesMax);
  }

  private boolean hasRoomNow() {
    return count <= framesMax / 2 && bytes <= bytesMax / 2;
  }

  private List<Runnable> takeWaiting() {
    if (waitingForRoom.isEmpty()) {
      return List.of();
    }
    var waiting = waitingForRoom;
    waitingForRoom = new ArrayList<>(0);
    return waiting;
  }

  private void put(Frame frame) {
    if (count == ring.length) {
      grow();
    }
    ring[(head + count) % ring.length] = frame;
    count++;
    bytes += frame.bytes().length;
  }

  private void grow() {
    var larger = new @Nullable Frame[ring.length * 2];
    for (var i = 0; i < count; i++) {
      larger[i] = ring[(head + i) % ring.length];
    }
    ring = larger;
    head = 0;
  }

  private int framesWithin(int bytesAbout) {
    var total = peek(0).bytes().length;
    var frames = 1;
    while (frames < count && total + 1 + peek(frames).bytes().length <= bytesAbout) {
      total += 1 + peek(frames).bytes().length;
      frames++;
    }
    return frames;
  }

  private byte[] join(int frames) {
    if (frames == 1) {
      return remove().bytes();
    }
    var length = frames - 1;
    for (var i = 0; i < frames; i++) {
      length += peek(i).bytes().length;
    }
    var message = new byte[length];
    var at = 0;
    for (var i = 0; i < frames; i++) {
      if (i > 0) {
        message[at++] = '\n';
      }
      var part = remove().bytes();
      System.arraycopy(part, 0, message, at, part.length);
      at += part.length;
    }
    return message;
  }

  private Frame peek(int index) {
    var frame = ring[(head + index) % ring.length];
    if (frame == null) {
      throw new IllegalStateException("Expected a frame at " + index + " of " + count);
    }
    return frame;
  }

  private Frame remove() {
    var frame = peek(0);
    ring[head] = null;
    head = (head + 1) % ring.length;
    count--;
    bytes -= frame.bytes().length;
    return frame;
  }
}
