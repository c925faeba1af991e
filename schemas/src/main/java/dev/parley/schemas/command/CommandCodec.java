package dev.parley.schemas.command;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.parley.schemas.content.BodyCodec;
import dev.parley.schemas.content.CustomCodec;
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
            .setCopy(envelope.origin().copy())
            .setTraceparent(envelope.traceparent())
            .setAdmin(envelope.admin());
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
        new Origin(record.getOrigin(), record.getReply(), record.getCopy()),
        record.getTraceparent(),
        record.getAdmin(),
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
                  .addAllMembers(texts(create.members()))
                  .setAvatar(create.avatar())
                  .addAllCustom(CustomCodec.toProto(create.custom())));
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
      case Command.SendMessage send -> record.setSend(SendCodec.toProto(send));
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
      case Command.ChangeConversation(var change) ->
          record.setChange(ConversationCodec.toProto(change));
      case Command.ArchiveConversation(var archived) ->
          record.setArchive(
              dev.parley.schemas.proto.ArchiveConversation.newBuilder().setArchived(archived));
      case Command.BanMember(var user, var forMillis, var reason) ->
          record.setBan(
              dev.parley.schemas.proto.BanMember.newBuilder()
                  .setUserId(user.toString())
                  .setForMs(forMillis)
                  .setReason(reason));
      case Command.UnbanMember(var user) ->
          record.setUnban(
              dev.parley.schemas.proto.UnbanMember.newBuilder().setUserId(user.toString()));
      case Command.TransferOwnership(var user) ->
          record.setTransfer(
              dev.parley.schemas.proto.TransferOwnership.newBuilder().setUserId(user.toString()));
      case Command.MuteMember(var user, var forMillis) ->
          record.setMute(
              dev.parley.schemas.proto.MuteMember.newBuilder()
                  .setUserId(user.toString())
                  .setForMs(forMillis));
      case Command.AddReaction(var message, var emoji) ->
          record.setReact(
              dev.parley.schemas.proto.AddReaction.newBuilder()
                  .setMessageId(message.toString())
                  .setEmoji(emoji));
      case Command.RemoveReaction(var message, var emoji) ->
          record.setUnreact(
              dev.parley.schemas.proto.RemoveReaction.newBuilder()
                  .setMessageId(message.toString())
                  .setEmoji(emoji));
      case Command.PinMessage(var message) ->
          record.setPin(
              dev.parley.schemas.proto.PinMessage.newBuilder().setMessageId(message.toString()));
      case Command.UnpinMessage(var message) ->
          record.setUnpin(
              dev.parley.schemas.proto.UnpinMessage.newBuilder().setMessageId(message.toString()));
      case Command.AddChannel(var channel) ->
          record.setAddChannel(
              dev.parley.schemas.proto.AddChannel.newBuilder().setChannelId(channel.toString()));
      case Command.RemoveChannel(var channel) ->
          record.setRemoveChannel(
              dev.parley.schemas.proto.RemoveChannel.newBuilder().setChannelId(channel.toString()));
      case Command.ScheduleMessage(var target, var message, var send, var atMillis) ->
          record.setSchedule(
              dev.parley.schemas.proto.ScheduleMessage.newBuilder()
                  .setTargetId(target.toString())
                  .setMessageId(message.toString())
                  .setSend(SendCodec.toProto(send))
                  .setAtMs(atMillis));
      case Command.CancelSchedule(var message) ->
          record.setCancelSchedule(
              dev.parley.schemas.proto.CancelSchedule.newBuilder()
                  .setMessageId(message.toString()));
      case Command.EndSchedule(var message, var end, var detail) ->
          record.setEndSchedule(
              dev.parley.schemas.proto.EndSchedule.newBuilder()
                  .setMessageId(message.toString())
                  .setEnd(SendCodec.toProto(end))
                  .setDetail(detail));
      case Command.ExpireMessage(var message) ->
          record.setExpire(
              dev.parley.schemas.proto.ExpireMessage.newBuilder().setMessageId(message.toString()));
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
            ids(create.getMembersList()),
            create.getAvatar(),
            CustomCodec.fromProto(create.getCustomList()));
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
      case SEND -> SendCodec.fromProto(record.getSend());
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
      case CHANGE ->
          new Command.ChangeConversation(ConversationCodec.fromProto(record.getChange()));
      case ARCHIVE -> new Command.ArchiveConversation(record.getArchive().getArchived());
      case BAN ->
          new Command.BanMember(
              Ids.required(record.getBan().getUserId()),
              record.getBan().getForMs(),
              record.getBan().getReason());
      case UNBAN -> new Command.UnbanMember(Ids.required(record.getUnban().getUserId()));
      case TRANSFER ->
          new Command.TransferOwnership(Ids.required(record.getTransfer().getUserId()));
      case MUTE ->
          new Command.MuteMember(
              Ids.required(record.getMute().getUserId()), record.getMute().getForMs());
      case REACT ->
          new Command.AddReaction(
              Ids.required(record.getReact().getMessageId()), record.getReact().getEmoji());
      case UNREACT ->
          new Command.RemoveReaction(
              Ids.required(record.getUnreact().getMessageId()), record.getUnreact().getEmoji());
      case PIN -> new Command.PinMessage(Ids.required(record.getPin().getMessageId()));
      case UNPIN -> new Command.UnpinMessage(Ids.required(record.getUnpin().getMessageId()));
      case ADD_CHANNEL ->
          new Command.AddChannel(Ids.required(record.getAddChannel().getChannelId()));
      case REMOVE_CHANNEL ->
          new Command.RemoveChannel(Ids.required(record.getRemoveChannel().getChannelId()));
      case SCHEDULE ->
          new Command.ScheduleMessage(
              Ids.required(record.getSchedule().getTargetId()),
              Ids.required(record.getSchedule().getMessageId()),
              SendCodec.fromProto(record.getSchedule().getSend()),
              record.getSchedule().getAtMs());
      case CANCEL_SCHEDULE ->
          new Command.CancelSchedule(Ids.required(record.getCancelSchedule().getMessageId()));
      case END_SCHEDULE ->
          new Command.EndSchedule(
              Ids.required(record.getEndSchedule().getMessageId()),
              SendCodec.fromProto(record.getEndSchedule().getEnd()),
              record.getEndSchedule().getDetail());
      case EXPIRE -> new Command.ExpireMessage(Ids.required(record.getExpire().getMessageId()));
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
