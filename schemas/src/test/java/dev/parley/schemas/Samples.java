package dev.parley.schemas;

import com.google.protobuf.ByteString;
import dev.parley.schemas.command.Command;
import dev.parley.schemas.command.CommandEnvelope;
import dev.parley.schemas.command.Origin;
import dev.parley.schemas.command.ScheduleEnd;
import dev.parley.schemas.content.Attachment;
import dev.parley.schemas.content.Body;
import dev.parley.schemas.content.Content;
import dev.parley.schemas.content.ContentReader;
import dev.parley.schemas.content.KeyLookup;
import dev.parley.schemas.conversation.ConversationChange;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.conversation.Everyone;
import dev.parley.schemas.conversation.Forwarded;
import dev.parley.schemas.conversation.HistoryVisibility;
import dev.parley.schemas.conversation.Role;
import dev.parley.schemas.event.Event;
import dev.parley.schemas.event.EventData;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/// One of everything, with fixed values.
public final class Samples {

  public static final UUID CONVERSATION = UUID.fromString("01920000-0000-7000-8000-000000000001");
  public static final UUID ADA = UUID.fromString("01920000-0000-7000-8000-00000000000a");
  public static final UUID BOB = UUID.fromString("01920000-0000-7000-8000-00000000000b");
  public static final UUID MESSAGE = UUID.fromString("01920000-0000-7000-8000-0000000000c1");
  public static final UUID ROOT = UUID.fromString("01920000-0000-7000-8000-0000000000c0");
  public static final Body PLAIN = new Body.Plain(new Content("Grüße, *世界*", List.of(BOB)));
  public static final Body SEALED =
      new Body.Sealed(
          "key-1",
          ByteString.copyFrom(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}),
          ByteString.copyFromUtf8("not really sealed"));

  /// With all that a content can have.
  public static final Body RICH =
      new Body.Plain(
          new Content(
              "look",
              List.of(BOB),
              "com.example.poll",
              Map.of("b", "2", "a", "1"),
              List.of(
                  new Attachment(
                      "f1", "a.png", "image/png", 1_024, "https://example.com/a.png", 640, 480))));

  /// Opens plain bodies; of a sealed one it tells that its author was erased. Only Bob, whom
  /// samples forward, was not.
  public static final ContentReader ERASED =
      new ContentReader(
          user -> user.equals(Samples.BOB) ? new KeyLookup.Unknown() : new KeyLookup.Erased());

  private static final long AT = 1_760_000_000_123L;
  private static final Forwarded FORWARDED = new Forwarded(ROOT, ROOT, BOB);
  private static final Command.SendMessage SEND =
      new Command.SendMessage(PLAIN, ROOT, null, Everyone.NONE, 60_000, null);
  private static final ConversationChange CHANGE =
      new ConversationChange(
          "New", "topic", "🦜", Map.of("b", "2", "a", "1"), HistoryVisibility.FROM_JOINING, 30);

  private Samples() {}

  public static List<Command> commands() {
    var members = List.of(BOB);
    return List.of(
        new Command.CreateConversation(
            ConversationKind.GROUP, "T", "topic", HistoryVisibility.FROM_JOINING, members),
        new Command.JoinConversation(),
        new Command.LeaveConversation(),
        new Command.InviteMember(BOB, Role.MODERATOR),
        new Command.RemoveMember(BOB),
        new Command.ChangeRole(BOB, Role.READ_ONLY),
        new Command.SendMessage(SEALED, ROOT, null),
        new Command.SendMessage(PLAIN, null, ROOT),
        new Command.EditMessage(MESSAGE, SEALED),
        new Command.DeleteMessage(MESSAGE),
        new Command.ImportConversation(
            ConversationKind.CHANNEL, "T", "", HistoryVisibility.FROM_START, members, AT),
        new Command.ImportMessage(SEALED, null, ROOT, AT),
        new Command.CreateConversation(
            ConversationKind.SPACE,
            "T",
            "",
            HistoryVisibility.FROM_START,
            members,
            "🦜",
            Map.of("b", "2", "a", "1")),
        new Command.SendMessage(RICH, null, null, Everyone.ALL, 60_000, FORWARDED),
        new Command.ChangeConversation(CHANGE),
        new Command.ChangeConversation(
            new ConversationChange(null, "", null, Map.of(), null, null)),
        new Command.ArchiveConversation(true),
        new Command.BanMember(BOB, 60_000, "spam"),
        new Command.UnbanMember(BOB),
        new Command.TransferOwnership(BOB),
        new Command.MuteMember(BOB, 60_000),
        new Command.AddReaction(MESSAGE, "👍"),
        new Command.RemoveReaction(MESSAGE, "👍"),
        new Command.PinMessage(MESSAGE),
        new Command.UnpinMessage(MESSAGE),
        new Command.AddChannel(ROOT),
        new Command.RemoveChannel(ROOT),
        new Command.ScheduleMessage(ROOT, MESSAGE, SEND, AT),
        new Command.CancelSchedule(MESSAGE),
        new Command.EndSchedule(MESSAGE, ScheduleEnd.FAILED, "gone"),
        new Command.ExpireMessage(MESSAGE));
  }

  public static CommandEnvelope envelope(Command command) {
    return new CommandEnvelope(
        MESSAGE, CONVERSATION, ADA, new Origin("edge-1", true, 3), "00-trace-01", command);
  }

  public static Map<String, Event> events() {
    var events = new LinkedHashMap<String, Event>();
    put(
        events,
        "conversation-created",
        new EventData.ConversationCreated(
            ConversationKind.CHANNEL, "T", "topic", HistoryVisibility.FROM_START, true));
    put(events, "member-joined", new EventData.MemberJoined(BOB, Role.MODERATOR));
    put(events, "member-left", new EventData.MemberLeft(BOB));
    put(events, "member-removed", new EventData.MemberRemoved(BOB));
    put(events, "member-role-changed", new EventData.MemberRoleChanged(BOB, Role.READ_ONLY));
    put(
        events,
        "message-sent-sealed",
        new EventData.MessageSent(MESSAGE, SEALED, ROOT, null, false));
    put(events, "message-sent-plain", new EventData.MessageSent(MESSAGE, PLAIN, null, ROOT, true));
    put(events, "message-edited", new EventData.MessageEdited(MESSAGE, 3, SEALED));
    put(events, "message-edited-rich", new EventData.MessageEdited(MESSAGE, 3, RICH));
    put(events, "message-deleted", new EventData.MessageDeleted(MESSAGE));
    put(events, "message-expired", new EventData.MessageDeleted(MESSAGE, true));
    put(
        events,
        "space-created",
        new EventData.ConversationCreated(
            ConversationKind.SPACE,
            "T",
            "",
            HistoryVisibility.FROM_START,
            false,
            "🦜",
            Map.of("b", "2", "a", "1")));
    put(
        events,
        "message-sent-rich",
        new EventData.MessageSent(
            MESSAGE, RICH, null, null, false, Everyone.HERE, AT + 60_000, FORWARDED));
    put(events, "conversation-changed", new EventData.ConversationChanged(CHANGE));
    put(events, "conversation-archived", new EventData.ConversationArchived(true));
    put(events, "member-muted", new EventData.MemberMuted(BOB, AT + 60_000));
    put(events, "member-banned", new EventData.MemberBanned(BOB, AT + 60_000, "spam"));
    put(events, "member-unbanned", new EventData.MemberUnbanned(BOB));
    put(events, "reaction-added", new EventData.ReactionAdded(MESSAGE, "👍"));
    put(events, "reaction-removed", new EventData.ReactionRemoved(MESSAGE, "👍"));
    put(events, "message-pinned", new EventData.MessagePinned(MESSAGE));
    put(events, "message-unpinned", new EventData.MessageUnpinned(MESSAGE));
    put(events, "channel-added", new EventData.ChannelAdded(ROOT));
    put(events, "channel-removed", new EventData.ChannelRemoved(ROOT));
    put(events, "message-scheduled", new EventData.MessageScheduled(ROOT, MESSAGE, SEND, AT));
    put(
        events,
        "message-scheduled-rich",
        new EventData.MessageScheduled(
            ROOT, MESSAGE, new Command.SendMessage(RICH, null, ROOT, Everyone.HERE, 0, null), AT));
    put(
        events,
        "message-scheduled-sealed",
        new EventData.MessageScheduled(ROOT, MESSAGE, SEND.withBody(SEALED), AT));
    put(events, "schedule-ended", new EventData.ScheduleEnded(MESSAGE, ScheduleEnd.FAILED, "gone"));
    return events;
  }

  /// The sample of that name.
  public static Event event(String name) {
    return Objects.requireNonNull(events().get(name), name);
  }

  public static Event event(EventData data) {
    return new Event(
        CONVERSATION,
        7,
        4,
        AT,
        ADA,
        MESSAGE,
        "e1",
        ByteString.copyFrom(new byte[] {9, 8, 7}),
        "00-trace-01",
        data);
  }

  private static void put(Map<String, Event> events, String name, EventData data) {
    events.put(name, event(data));
  }
}
