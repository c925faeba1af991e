package dev.parley.command.decider;

import dev.parley.schemas.command.Command;
import dev.parley.schemas.command.CommandEnvelope;
import dev.parley.schemas.command.ScheduleEnd;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.event.EventData;
import dev.parley.schemas.id.Ids;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Messages that wait for their time, in their author's own conversation.
///
/// The decider has no clock: when the time has come, the timers ask for the release. Release and
/// cancellation are decided here in one order, so a cancelled message is never sent; a released one
/// goes to its conversation as an ordinary send, which may be refused there.
final class Schedules {

  private static final int SCHEDULES_MAX = 1_000;
  private static final long AHEAD_MILLIS_MAX = 366L * 24 * 60 * 60 * 1_000;

  private Schedules() {}

  static Decision schedule(
      ConversationView view,
      CommandEnvelope envelope,
      Command.ScheduleMessage schedule,
      long atMillis) {
    if (!envelope.conversation().equals(Ids.selfConversation(envelope.actor()))) {
      return Decision.absent();
    }
    if (view.decided(envelope.commandId()) != null) {
      return new Decision.Rejected(ErrorCode.INVALID, "Another command has this command id.");
    }
    if (!Ids.isVersion7(schedule.message())) {
      return new Decision.Rejected(ErrorCode.INVALID, "A message id must be a UUIDv7.");
    }
    if (schedule.atMillis() <= atMillis) {
      return new Decision.Rejected(ErrorCode.INVALID, "The time has passed already.");
    }
    if (schedule.atMillis() > atMillis + AHEAD_MILLIS_MAX) {
      return new Decision.Rejected(ErrorCode.INVALID, "The time is more than 366 days ahead.");
    }
    Conversation own = view.conversation();
    if (own != null && own.counts().schedules() >= SCHEDULES_MAX) {
      return new Decision.Rejected(
          ErrorCode.LIMIT_REACHED, SCHEDULES_MAX + " messages of a person wait at most.");
    }
    Mark waiting = view.fact(new Fact.Scheduled(schedule.message()));
    if (waiting != null) {
      return new Decision.Repeated(waiting);
    }
    List<EventData> events =
        new ArrayList<>(own == null ? Creation.ownConversation(envelope.actor()) : List.of());
    events.add(
        new EventData.MessageScheduled(
            schedule.target(), schedule.message(), schedule.send(), schedule.atMillis()));
    return new Decision.Accepted(events, atMillis);
  }

  static Decision cancel(
      ConversationView view, CommandEnvelope envelope, UUID message, long atMillis) {
    return Asked.byMember(
        view,
        envelope,
        _ ->
            view.fact(new Fact.Scheduled(message)) == null
                ? new Decision.Rejected(
                    ErrorCode.MESSAGE_NOT_FOUND, "No message of this id waits for its time.")
                : Asked.accepted(
                    new EventData.ScheduleEnded(message, ScheduleEnd.CANCELLED, ""), atMillis));
  }

  /// By the timers.
  static Decision end(
      ConversationView view, CommandEnvelope envelope, Command.EndSchedule end, long atMillis) {
    Fact needed =
        switch (end.end()) {
          case SENT, CANCELLED -> new Fact.Scheduled(end.message());
          case FAILED -> new Fact.Released(end.message());
        };
    return view.fact(needed) == null
        ? new Decision.Rejected(ErrorCode.MESSAGE_NOT_FOUND, "No such message waits for this.")
        : Asked.accepted(
            new EventData.ScheduleEnded(end.message(), end.end(), end.detail()), atMillis);
  }
}
