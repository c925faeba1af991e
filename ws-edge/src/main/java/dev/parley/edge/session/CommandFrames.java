package dev.parley.edge.session;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.edge.command.Answer;
import dev.parley.edge.command.Commands;
import dev.parley.edge.command.Gate;
import dev.parley.edge.history.Reads;
import dev.parley.edge.loop.Loop;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.wire.CommandInput;
import dev.parley.schemas.wire.ForwardInput;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The frames of a session that are commands, a bounded number of them at once. On the session's
/// loop, but for what comes back.
final class CommandFrames {

  private static final Logger LOG = LoggerFactory.getLogger(CommandFrames.class);

  private final Identity identity;
  private final Loop loop;
  private final Commands commands;
  private final Gate gate;
  private final Reads reads;
  private final SessionLimits limits;
  private final Replies replies;
  private final Pause pause;
  private final AtomicInteger pending = new AtomicInteger();

  CommandFrames(Identity identity, Loop loop, Session.Node node, Replies replies, Pause pause) {
    this.identity = identity;
    this.loop = loop;
    this.commands = node.commands();
    this.gate = node.gate();
    this.reads = node.side().reads();
    this.limits = node.limits();
    this.replies = replies;
    this.pause = pause;
  }

  void command(ClientFrame.Read frame) {
    if (isFull(frame)) {
      return;
    }
    switch (CommandInput.read(frame.type(), frame.content(), identity.user(), limits.input())) {
      case CommandInput.Refused(var code, var detail) -> replies.refuse(frame.id(), code, detail);
      case CommandInput.Read input -> submit(frame, input);
    }
  }

  /// A send whose content is fetched first, as this person may see it.
  void forward(ClientFrame.Read frame) {
    if (isFull(frame)) {
      return;
    }
    switch (ForwardInput.read(frame.content(), limits.input())) {
      case ForwardInput.Refused(var code, var detail) -> replies.refuse(frame.id(), code, detail);
      case ForwardInput.Read forward ->
          pause.until(
              reads.message(forward.fromConversation(), forward.fromMessage(), identity.user()),
              (source, _) -> forward(frame, forward, source));
    }
  }

  private boolean isFull(ClientFrame.Read frame) {
    var full = pending.get() >= limits.pendingMax();
    if (full) {
      replies.refuse(
          frame.id(), ErrorCode.OVERLOADED, "Too many of your commands wait for an outcome.");
    }
    return full;
  }

  private void submit(ClientFrame.Read frame, CommandInput.Read input) {
    var passage = gate.pass(input, identity.user(), loop.nowMillis()).toCompletableFuture();
    if (passage.isDone() && !passage.isCompletedExceptionally()) {
      passed(frame, input, passage.join());
    } else {
      pause.until(passage, (judged, failure) -> passed(frame, input, judged, failure));
    }
  }

  private void passed(
      ClientFrame.Read frame,
      CommandInput.Read input,
      Gate.@Nullable Passage passage,
      @Nullable Throwable failure) {
    if (passage == null) {
      LOG.warn("A command could not be judged", failure);
      replies.refuse(frame.id(), ErrorCode.INTERNAL, "The command could not be taken.");
    } else {
      passed(frame, input, passage);
    }
  }

  private void passed(ClientFrame.Read frame, CommandInput.Read input, Gate.Passage passage) {
    switch (passage) {
      case Gate.Passage.Open() -> append(frame, input);
      case Gate.Passage.Shut(var code, var detail) -> replies.refuse(frame.id(), code, detail);
    }
  }

  private void append(ClientFrame.Read frame, CommandInput.Read input) {
    pending.incrementAndGet();
    var asking = new Commands.Asking(identity.user(), identity.isAdmin(), TraceContext.of(frame));
    var next = commands.submit(asking, input, new Waiting(frame.id()));
    if (!next.toCompletableFuture().isDone()) {
      pause.until(next, (_, failure) -> keyAwaited(frame.id(), failure));
    }
  }

  private void forward(
      ClientFrame.Read frame, ForwardInput.Read forward, @Nullable Optional<JsonNode> source) {
    if (source == null) {
      replies.refuse(frame.id(), ErrorCode.UNAVAILABLE, "The message cannot be read now.");
      return;
    }
    var content = source.map(message -> ForwardInput.content(message, limits.input()));
    if (content.isEmpty()) {
      replies.refuse(
          frame.id(), ErrorCode.MESSAGE_NOT_FOUND, "There is no such message to forward.");
      return;
    }
    var author = ForwardInput.author(source.orElseThrow());
    submit(frame, forward.command(author, content.get()));
  }

  private void keyAwaited(JsonNode frameId, @Nullable Throwable failure) {
    if (failure != null) {
      LOG.warn("A key could not be waited for", failure);
      pending.decrementAndGet();
      replies.refuse(frameId, ErrorCode.INTERNAL, "The command could not be taken.");
    }
  }

  /// The answer to one command, from whichever thread the outcome comes.
  private final class Waiting implements Answer {
    private final JsonNode frameId;

    Waiting(JsonNode frameId) {
      this.frameId = frameId;
    }

    @Override
    public void accepted(UUID conversation, long seq, long atMillis, boolean duplicate) {
      pending.decrementAndGet();
      replies.send(Answers.accepted(frameId, conversation, seq, atMillis, duplicate));
    }

    @Override
    public void refused(ErrorCode code, String detail, long retryAfterMillis) {
      pending.decrementAndGet();
      replies.refuse(frameId, code, detail, retryAfterMillis);
    }
  }
}
