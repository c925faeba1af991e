package dev.parley.schemas.command;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.parley.schemas.content.BodyCodec;
import dev.parley.schemas.conversation.ConversationCodec;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.proto.CommandRecord;
import java.util.List;
import java.util.UUID;

/// Commands as values of records of `parley.commands`.
public final class CommandCodec {

  private CommandCodec() {}

  public static byte[] encode(CommandEnvelope envelope) {
    var record =
        CommandRecord.newBuilder()
            .setCommandId(envelope.commandId().toString())
            .setConversationId(envelope.conversation().toString())
            .setActor(envelope.actor().toString())
            .setOrigin(envelope.origin().node())
            .setReply(envelope.origin().reply())
            .setTraceparent(envelope.traceparent());
    putCommand(record, envelope.command());
    return record.build().toByteArray();
  }

  /// @throws IllegalArgumentException if the bytes are no command that this version knows
  public static CommandEnvelope decode(byte[] bytes) {
    CommandRecord record;
    try {
      record = CommandRecord.parseFrom(bytes);
    } catch (InvalidProtocolBufferException broken) {
      throw new IllegalArgumentException("Expected a command, but found other bytes", broken);
    }
    return new CommandEnvelope(
        Ids.required(record.getCommandId()),
        Ids.required(record.getConversationId()),
        Ids.required(record.getActor()),
        new Origin(record.getOrigin(), record.getReply()),
        record.getTraceparent(),
        command(record));
  }

  private static void putCommand(CommandRecord.Builder record, Command command) {
    switch (command) {
      case Command.CreateConversation create ->
          record.setCreate(
              dev.parley.schemas.proto.CreateConversation.newBuilder()
                  .setKind(ConversationCodec.toProto(create.kind()))
                  .setTitle(create.title())
                  .setTopic(create.topic())
                  .setHistory(ConversationCodec.toProto(create.history()))
                  .addAllMembers(texts(create.members())));
      case Command.JoinConversation() ->
          record.setJoin(dev.parley.schemas.proto.JoinConversation.getDefaultInstance());
      case Command.LeaveConversation() ->
          record.setLeave(dev.parley.schemas.proto.LeaveConversation.getDefaultInstance());
      case Command.InviteMember(var user, var role) ->
          record.setInvite(
              dev.parley.schemas.proto.InviteMember.newBuilder()
                  .setUserId(user.toString())
                  .setRole(ConversationCodec.toProto(role)));
      case Command.RemoveMember(var user) ->
          record.setRemove(
              dev.parley.schemas.proto.RemoveMember.newBuilder().setUserId(user.toString()));
      case Command.ChangeRole(var user, var role) ->
          record.setChangeRole(
              dev.parley.schemas.proto.ChangeRole.newBuilder()
                  .setUserId(user.toString())
                  .setRole(ConversationCodec.toProto(role)));
      case Command.SendMessage(var body, var replyTo, var thread) ->
          record.setSend(
              dev.parley.schemas.proto.SendMessage.newBuilder()
                  .setBody(BodyCodec.toProto(body))
                  .setReplyTo(Ids.text(replyTo))
                  .setThread(Ids.text(thread)));
      case Command.EditMessage(var message, var body) ->
          record.setEdit(
              dev.parley.schemas.proto.EditMessage.newBuilder()
                  .setMessageId(message.toString())
                  .setBody(BodyCodec.toProto(body)));
      case Command.DeleteMessage(var message) ->
          record.setDelete(
              dev.parley.schemas.proto.DeleteMessage.newBuilder().setMessageId(message.toString()));
      case Command.ImportConversation create ->
          record.setImportConversation(
              dev.parley.schemas.proto.ImportConversation.newBuilder()
                  .setKind(ConversationCodec.toProto(create.kind()))
                  .setTitle(create.title())
                  .setTopic(create.topic())
                  .setHistory(ConversationCodec.toProto(create.history()))
                  .addAllMembers(texts(create.members()))
                  .setAtMs(create.atMillis()));
      case Command.ImportMessage(var body, var replyTo, var thread, var atMillis) ->
          record.setImportMessage(
              dev.parley.schemas.proto.ImportMessage.newBuilder()
                  .setBody(BodyCodec.toProto(body))
                  .setReplyTo(Ids.text(replyTo))
                  .setThread(Ids.text(thread))
                  .setAtMs(atMillis));
    }
  }

  private static Command command(CommandRecord record) {
    return switch (record.getCommandCase()) {
      case CREATE -> {
        var create = record.getCreate();
        yield new Command.CreateConversation(
            ConversationCodec.fromProto(create.getKind()),
            create.getTitle(),
            create.getTopic(),
            ConversationCodec.fromProto(create.getHistory()),
            ids(create.getMembersList()));
      }
      case JOIN -> new Command.JoinConversation();
      case LEAVE -> new Command.LeaveConversation();
      case INVITE ->
          new Command.InviteMember(
              Ids.required(record.getInvite().getUserId()),
              ConversationCodec.fromProto(record.getInvite().getRole()));
      case REMOVE -> new Command.RemoveMember(Ids.required(record.getRemove().getUserId()));
      case CHANGE_ROLE ->
          new Command.ChangeRole(
              Ids.required(record.getChangeRole().getUserId()),
              ConversationCodec.fromProto(record.getChangeRole().getRole()));
      case SEND ->
          new Command.SendMessage(
              BodyCodec.fromProto(record.getSend().getBody()),
              Ids.optional(record.getSend().getReplyTo()),
              Ids.optional(record.getSend().getThread()));
      case EDIT ->
          new Command.EditMessage(
              Ids.required(record.getEdit().getMessageId()),
              BodyCodec.fromProto(record.getEdit().getBody()));
      case DELETE -> new Command.DeleteMessage(Ids.required(record.getDelete().getMessageId()));
      case IMPORT_CONVERSATION -> {
        var create = record.getImportConversation();
        yield new Command.ImportConversation(
            ConversationCodec.fromProto(create.getKind()),
            create.getTitle(),
            create.getTopic(),
            ConversationCodec.fromProto(create.getHistory()),
            ids(create.getMembersList()),
            create.getAtMs());
      }
      case IMPORT_MESSAGE ->
          new Command.ImportMessage(
              BodyCodec.fromProto(record.getImportMessage().getBody()),
              Ids.optional(record.getImportMessage().getReplyTo()),
              Ids.optional(record.getImportMessage().getThread()),
              record.getImportMessage().getAtMs());
      case COMMAND_NOT_SET ->
          throw new IllegalArgumentException("Expected a command, but the record holds none");
    };
  }

  private static List<String> texts(List<UUID> ids) {
    return ids.stream().map(UUID::toString).toList();
  }

  private static List<UUID> ids(List<String> texts) {
    return texts.stream().map(Ids::required).toList();
  }
}
