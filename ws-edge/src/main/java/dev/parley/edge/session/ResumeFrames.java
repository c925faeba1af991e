package dev.parley.edge.session;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.edge.hub.Hub;
import dev.parley.edge.hub.Position;
import dev.parley.edge.hub.Receiver;
import dev.parley.edge.loop.Loop;
import dev.parley.schemas.error.ErrorCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The frames that say how far a client is: `resume`, once, and `ping`. On the session's loop.
final class ResumeFrames {

  private static final Logger LOG = LoggerFactory.getLogger(ResumeFrames.class);

  private final Receiver self;
  private final Loop loop;
  private final Hub hub;
  private final String epoch;
  private final SessionLimits limits;
  private final Replies replies;
  private final Runnable live;
  private boolean resumed;

  /// @param live runs when the session gets live events
  ResumeFrames(Receiver self, Loop loop, Session.Node node, Replies replies, Runnable live) {
    this.self = self;
    this.loop = loop;
    this.hub = node.hub();
    this.epoch = node.epoch();
    this.limits = node.limits();
    this.replies = replies;
    this.live = live;
  }

  void resume(ClientFrame.Read frame) {
    switch (ResumeInput.read(frame.content(), epoch, limits.headsMax())) {
      case ResumeInput.Refused(var code, var detail) -> replies.refuse(frame.id(), code, detail);
      case ResumeInput.Read _ when resumed ->
          replies.refuse(frame.id(), ErrorCode.INVALID, "This session has resumed already.");
      case ResumeInput.Read(var position) -> {
        resumed = true;
        hub.resume(self, position).whenComplete((_, failure) -> resumed(frame.id(), failure));
      }
    }
  }

  /// Where the client has less than it was given, it is given the rest again.
  void compare(ClientFrame.Read ping) {
    if (ResumeInput.read(ping.content(), epoch, limits.headsMax())
        instanceof ResumeInput.Read(Position.Heads(var heads))) {
      hub.compareHeads(self, heads);
    }
  }

  /// Just before `ready` is queued, so the answer comes first.
  private void resumed(JsonNode frameId, @Nullable Throwable failure) {
    if (failure == null) {
      replies.send(Answers.ok(frameId));
      loop.run(live);
    } else {
      LOG.info("Session {} cannot resume now: {}", self.id(), failure.toString());
      replies.refuse(frameId, ErrorCode.UNAVAILABLE, "The inbox cannot be read now.");
      loop.run(() -> resumed = false);
    }
  }
}
