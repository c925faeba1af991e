package dev.parley.simulation;

import dev.parley.edge.auth.Credential;
import dev.parley.edge.auth.Handshake;
import dev.parley.edge.outbox.Frame;
import dev.parley.edge.outbox.Outbox;
import dev.parley.edge.session.Link;
import dev.parley.edge.session.Session;
import dev.parley.schemas.wire.CloseCode;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.UUID;

/// A connection between a client and an edge. What is on its way arrives in order or, once it is
/// cut, not at all; a client that does not read makes the outbox fill.
final class Socket implements Link {

  private static final int OUTBOX_FRAMES = 64;
  private static final int OUTBOX_BYTES = 65_536;
  private static final int COALESCE_BYTES = 2_000;
  private static final int LATENCY_MILLIS = 4;

  private final Scheduler scheduler;
  private final Wiring wiring;
  private final Client client;
  private final Scheduler.Life process;
  private final Scheduler.Strand loop;
  private final Session session;
  private final Outbox outbox = new Outbox(OUTBOX_FRAMES, OUTBOX_BYTES, this::flushSoon);
  private final Scheduler.Line in;
  private final Scheduler.Line out;
  private final Queue<byte[]> inbound = new ArrayDeque<>();
  private boolean cut;
  private boolean closing;

  Socket(
      Scheduler scheduler,
      Wiring wiring,
      Client client,
      Scheduler.Life process,
      Session.Node node) {
    this.scheduler = scheduler;
    this.wiring = wiring;
    this.client = client;
    this.process = process;
    this.loop = scheduler.new Strand(process);
    this.in = scheduler.new Line();
    this.out = scheduler.new Line();
    this.session = new Session(this, loop, node);
  }

  void open(UUID user) {
    loop.run(() ->
        session.opened(
            new Handshake.Taken(new Credential.AccessToken(user.toString()), null, true)));
  }

  boolean isOn(Scheduler.Life other) {
    return process == other;
  }

  /// From the client.
  void send(byte[] message) {
    in.send(
        LATENCY_MILLIS,
        () ->
            loop.run(() -> {
              if (!cut) {
                inbound.add(message);
                read();
              }
            }));
  }

  /// Nothing arrives any more, either way.
  ///
  /// @param noticed whether the edge is told; if not, it finds out by the silence
  void cut(boolean noticed) {
    cut = true;
    if (noticed) {
      scheduler.soon(200, () -> loop.run(this::gone));
    }
  }

  @Override
  public boolean offer(Frame frame) {
    return wiring.frames(this, frame).stream().allMatch(outbox::offer);
  }

  @Override
  public boolean hasRoom() {
    return outbox.hasRoom();
  }

  @Override
  public void whenRoom(Runnable task) {
    outbox.whenRoom(task);
  }

  @Override
  public void close(CloseCode code) {
    if (!closing) {
      closing = true;
      loop.run(() -> {
        gone();
        toClient(() -> client.closed(this, code.name()));
      });
    }
  }

  @Override
  public void ping() {}

  @Override
  public void readOn() {
    loop.run(this::read);
  }

  private void gone() {
    closing = true;
    outbox.close();
    session.closed();
  }

  private void read() {
    while (!inbound.isEmpty() && !closing && session.wantsMore()) {
      session.received(inbound.remove());
    }
  }

  private void flushSoon() {
    loop.run(this::flush);
  }

  private void flush() {
    if (!cut && !client.reads()) {
      scheduler.after(20, this::flushSoon);
      return;
    }
    var message = outbox.take(COALESCE_BYTES);
    if (message != null) {
      toClient(() -> client.received(this, message));
      flushSoon();
    }
  }

  private void toClient(Runnable arrival) {
    out.send(
        LATENCY_MILLIS,
        () -> {
          if (!cut) {
            arrival.run();
          }
        });
  }
}
