package dev.parley.command.decider;

import com.google.protobuf.ByteString;
import dev.parley.schemas.command.CommandEnvelope;
import dev.parley.schemas.event.ChainedEvent;
import dev.parley.schemas.event.Event;
import dev.parley.schemas.event.EventCodec;
import dev.parley.schemas.event.EventData;
import dev.parley.schemas.outcome.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The one writer of a conversation: decides a command, gives the events the next seq and ordinal,
/// chains each to the one before, and applies them to the state.
///
/// @param epoch identity of the log, written into every event
public record Writer(String epoch) {

  public Written write(
      ConversationState state, CommandEnvelope command, long recordTimestampMillis) {
    return switch (Decider.decide(state, command, recordTimestampMillis)) {
      case Decision.Accepted accepted -> new Written.Appended(append(state, command, accepted));
      case Decision.Rejected(var code, var detail, var retryAfterMillis) ->
          new Written.Answered(new Outcome.Rejected(code, detail, retryAfterMillis));
      case Decision.Repeated(Mark first) -> {
        Evolution.answered(state, command, first);
        yield new Written.Answered(
            new Outcome.Repeated(first.seq(), first.ordinal(), first.atMillis()));
      }
    };
  }

  private List<ChainedEvent> append(
      ConversationState state, CommandEnvelope command, Decision.Accepted accepted) {
    List<ChainedEvent> chained = new ArrayList<>(accepted.events().size());
    for (EventData data : accepted.events()) {
      ChainedEvent next =
          EventCodec.chain(next(state.conversation(), command, data, accepted.atMillis()));
      Evolution.evolve(state, next);
      chained.add(next);
    }
    return chained;
  }

  private Event next(
      @Nullable Conversation head, CommandEnvelope command, EventData data, long atMillis) {
    long message = data instanceof EventData.MessageSent ? 1 : 0;
    return new Event(
        command.conversation(),
        head == null ? 1 : head.seq() + 1,
        (head == null ? 0 : head.ordinal()) + message,
        atMillis,
        command.actor(),
        command.commandId(),
        epoch,
        head == null ? ByteString.EMPTY : head.hash(),
        command.traceparent(),
        data);
  }
}
