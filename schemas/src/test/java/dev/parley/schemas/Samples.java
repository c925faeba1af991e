package dev.parley.schemas;

import com.google.protobuf.ByteString;
import dev.parley.schemas.command.Command;
import dev.parley.schemas.command.CommandEnvelope;
import dev.parley.schemas.command.Origin;
import dev.parley.schemas.content.Body;
import dev.parley.schemas.content.Content;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.conversation.HistoryVisibility;
import dev.parley.schemas.conversation.Role;
import dev.parley.schemas.event.Event;
import dev.parley.schemas.event.EventData;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  private static final long AT = 1_760_000_000_123L;

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
        new Command.ImportMessage(SEALED, null, ROOT, AT));
  }

  public static CommandEnvelope envelope(Command command) {
    return new CommandEnvelope(
        MESSAGE, CONVERSATION, ADA, new Origin("edge-1", true), "00-trace-01", command);
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
    put(events, "message-deleted", new EventData.MessageDeleted(MESSAGE));
    return events;
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
