package dev.parley.schemas.event;

import dev.parley.schemas.command.SendCodec;
import dev.parley.schemas.content.BodyCodec;
import dev.parley.schemas.content.CustomCodec;
import dev.parley.schemas.conversation.ConversationCodec;
import dev.parley.schemas.id.Ids;

/// What happened, as protobuf.
final class EventDataCodec {

  private EventDataCodec() {}

  static void put(dev.parley.schemas.proto.Event.Builder proto, EventData data) {
    switch (data) {
      case EventData.ConversationCreated created ->
          proto.setConversationCreated(
              dev.parley.schemas.proto.ConversationCreated.newBuilder()
                  .setKind(ConversationCodec.toProto(created.kind()))
                  .setTitle(created.title())
                  .setTopic(created.topic())
                  .setHistory(ConversationCodec.toProto(created.history()))
                  .setImported(created.imported())
                  .setAvatar(created.avatar())
                  .addAllCustom(CustomCodec.toProto(created.custom())));
      case EventData.MemberJoined(var user, var role) ->
          proto.setMemberJoined(
              dev.parley.schemas.proto.MemberJoined.newBuilder()
                  .setUserId(user.toString())
                  .setRole(ConversationCodec.toProto(role)));
      case EventData.MemberLeft(var user) ->
          proto.setMemberLeft(
              dev.parley.schemas.proto.MemberLeft.newBuilder().setUserId(user.toString()));
      case EventData.MemberRemoved(var user) ->
          proto.setMemberRemoved(
              dev.parley.schemas.proto.MemberRemoved.newBuilder().setUserId(user.toString()));
      case EventData.MemberRoleChanged(var user, var role) ->
          proto.setMemberRoleChanged(
              dev.parley.schemas.proto.MemberRoleChanged.newBuilder()
                  .setUserId(user.toString())
                  .setRole(ConversationCodec.toProto(role)));
      case EventData.MessageSent sent -> proto.setMessageSent(toProto(sent));
      case EventData.MessageEdited(var message, var revision, var body) ->
          proto.setMessageEdited(
              dev.parley.schemas.proto.MessageEdited.newBuilder()
                  .setMessageId(message.toString())
                  .setRevision(revision)
                  .setBody(BodyCodec.toProto(body)));
      case EventData.MessageDeleted(var message, var expired) ->
          proto.setMessageDeleted(
              dev.parley.schemas.proto.MessageDeleted.newBuilder()
                  .setMessageId(message.toString())
                  .setExpired(expired));
      case EventData.ConversationChanged(var change) ->
          proto.setConversationChanged(ConversationCodec.toProto(change));
      case EventData.ConversationArchived(var archived) ->
          proto.setConversationArchived(
              dev.parley.schemas.proto.ConversationArchived.newBuilder().setArchived(archived));
      case EventData.MemberMuted(var user, var untilMillis) ->
          proto.setMemberMuted(
              dev.parley.schemas.proto.MemberMuted.newBuilder()
                  .setUserId(user.toString())
                  .setUntilMs(untilMillis));
      case EventData.MemberBanned(var user, var untilMillis, var reason) ->
          proto.setMemberBanned(
              dev.parley.schemas.proto.MemberBanned.newBuilder()
                  .setUserId(user.toString())
                  .setUntilMs(untilMillis)
                  .setReason(reason));
      case EventData.MemberUnbanned(var user) ->
          proto.setMemberUnbanned(
              dev.parley.schemas.proto.MemberUnbanned.newBuilder().setUserId(user.toString()));
      case EventData.ReactionAdded(var message, var emoji) ->
          proto.setReactionAdded(
              dev.parley.schemas.proto.ReactionAdded.newBuilder()
                  .setMessageId(message.toString())
                  .setEmoji(emoji));
      case EventData.ReactionRemoved(var message, var emoji) ->
          proto.setReactionRemoved(
              dev.parley.schemas.proto.ReactionRemoved.newBuilder()
                  .setMessageId(message.toString())
                  .setEmoji(emoji));
      case EventData.MessagePinned(var message) ->
          proto.setMessagePinned(
              dev.parley.schemas.proto.MessagePinned.newBuilder().setMessageId(message.toString()));
      case EventData.MessageUnpinned(var message) ->
          proto.setMessageUnpinned(
              dev.parley.schemas.proto.MessageUnpinned.newBuilder()
                  .setMessageId(message.toString()));
      case EventData.ChannelAdded(var channel) ->
          proto.setChannelAdded(
              dev.parley.schemas.proto.ChannelAdded.newBuilder().setChannelId(channel.toString()));
      case EventData.ChannelRemoved(var channel) ->
          proto.setChannelRemoved(
              dev.parley.schemas.proto.ChannelRemoved.newBuilder()
                  .setChannelId(channel.toString()));
      case EventData.MessageScheduled(var target, var message, var send, var atMillis) ->
          proto.setMessageScheduled(
              dev.parley.schemas.proto.MessageScheduled.newBuilder()
                  .setTargetId(target.toString())
                  .setMessageId(message.toString())
                  .setSend(SendCodec.toProto(send))
                  .setAtMs(atMillis));
      case EventData.ScheduleEnded(var message, var end, var detail) ->
          proto.setScheduleEnded(
              dev.parley.schemas.proto.ScheduleEnded.newBuilder()
                  .setMessageId(message.toString())
                  .setEnd(SendCodec.toProto(end))
                  .setDetail(detail));
    }
  }

  private static dev.parley.schemas.proto.MessageSent toProto(EventData.MessageSent sent) {
    var proto =
        dev.parley.schemas.proto.MessageSent.newBuilder()
            .setMessageId(sent.message().toString())
            .setBody(BodyCodec.toProto(sent.body()))
            .setReplyTo(Ids.text(sent.replyTo()))
            .setThread(Ids.text(sent.thread()))
            .setImported(sent.imported())
            .setEveryone(ConversationCodec.toProto(sent.everyone()))
            .setExpiresAtMs(sent.expiresAtMillis());
    if (sent.forwarded() != null) {
      proto.setForwarded(ConversationCodec.toProto(sent.forwarded()));
    }
    return proto.build();
  }

  static EventData of(dev.parley.schemas.proto.Event proto) {
    return switch (proto.getDataCase()) {
      case CONVERSATION_CREATED -> {
        var created = proto.getConversationCreated();
        yield new EventData.ConversationCreated(
            ConversationCodec.fromProto(created.getKind()),
            created.getTitle(),
            created.getTopic(),
            ConversationCodec.fromProto(created.getHistory()),
            created.getImported(),
            created.getAvatar(),
            CustomCodec.fromProto(created.getCustomList()));
      }
      case MEMBER_JOINED ->
          new EventData.MemberJoined(
              Ids.required(proto.getMemberJoined().getUserId()),
              ConversationCodec.fromProto(proto.getMemberJoined().getRole()));
      case MEMBER_LEFT -> new EventData.MemberLeft(Ids.required(proto.getMemberLeft().getUserId()));
      case MEMBER_REMOVED ->
          new EventData.MemberRemoved(Ids.required(proto.getMemberRemoved().getUserId()));
      case MEMBER_ROLE_CHANGED ->
          new EventData.MemberRoleChanged(
              Ids.required(proto.getMemberRoleChanged().getUserId()),
              ConversationCodec.fromProto(proto.getMemberRoleChanged().getRole()));
      case MESSAGE_SENT -> {
        var sent = proto.getMessageSent();
        yield new EventData.MessageSent(
            Ids.required(sent.getMessageId()),
            BodyCodec.fromProto(sent.getBody()),
            Ids.optional(sent.getReplyTo()),
            Ids.optional(sent.getThread()),
            sent.getImported(),
            ConversationCodec.fromProto(sent.getEveryone()),
            sent.getExpiresAtMs(),
            sent.hasForwarded() ? ConversationCodec.fromProto(sent.getForwarded()) : null);
      }
      case MESSAGE_EDITED -> {
        var edited = proto.getMessageEdited();
        yield new EventData.MessageEdited(
            Ids.required(edited.getMessageId()),
            edited.getRevision(),
            BodyCodec.fromProto(edited.getBody()));
      }
      case MESSAGE_DELETED ->
          new EventData.MessageDeleted(
              Ids.required(proto.getMessageDeleted().getMessageId()),
              proto.getMessageDeleted().getExpired());
      case CONVERSATION_CHANGED ->
          new EventData.ConversationChanged(
              ConversationCodec.fromProto(proto.getConversationChanged()));
      case CONVERSATION_ARCHIVED ->
          new EventData.ConversationArchived(proto.getConversationArchived().getArchived());
      case MEMBER_MUTED ->
          new EventData.MemberMuted(
              Ids.required(proto.getMemberMuted().getUserId()),
              proto.getMemberMuted().getUntilMs());
      case MEMBER_BANNED ->
          new EventData.MemberBanned(
              Ids.required(proto.getMemberBanned().getUserId()),
              proto.getMemberBanned().getUntilMs(),
              proto.getMemberBanned().getReason());
      case MEMBER_UNBANNED ->
          new EventData.MemberUnbanned(Ids.required(proto.getMemberUnbanned().getUserId()));
      case REACTION_ADDED ->
          new EventData.ReactionAdded(
              Ids.required(proto.getReactionAdded().getMessageId()),
              proto.getReactionAdded().getEmoji());
      case REACTION_REMOVED ->
          new EventData.ReactionRemoved(
              Ids.required(proto.getReactionRemoved().getMessageId()),
              proto.getReactionRemoved().getEmoji());
      case MESSAGE_PINNED ->
          new EventData.MessagePinned(Ids.required(proto.getMessagePinned().getMessageId()));
      case MESSAGE_UNPINNED ->
          new EventData.MessageUnpinned(Ids.required(proto.getMessageUnpinned().getMessageId()));
      case CHANNEL_ADDED ->
          new EventData.ChannelAdded(Ids.required(proto.getChannelAdded().getChannelId()));
      case CHANNEL_REMOVED ->
          new EventData.ChannelRemoved(Ids.required(proto.getChannelRemoved().getChannelId()));
      case MESSAGE_SCHEDULED -> {
        var scheduled = proto.getMessageScheduled();
        yield new EventData.MessageScheduled(
            Ids.required(scheduled.getTargetId()),
            Ids.required(scheduled.getMessageId()),
            SendCodec.fromProto(scheduled.getSend()),
            scheduled.getAtMs());
      }
      case SCHEDULE_ENDED -> {
        var ended = proto.getScheduleEnded();
        yield new EventData.ScheduleEnded(
            Ids.required(ended.getMessageId()),
            SendCodec.fromProto(ended.getEnd()),
            ended.getDetail());
      }
      case DATA_NOT_SET ->
          throw new IllegalArgumentException(
              "Expected an event that this version knows, but seq "
                  + proto.getSeq()
                  + " of "
                  + proto.getConversationId()
                  + " holds none");
    };
  }
}
