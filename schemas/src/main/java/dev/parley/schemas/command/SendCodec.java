package dev.parley.schemas.command;

import dev.parley.schemas.content.BodyCodec;
import dev.parley.schemas.conversation.ConversationCodec;
import dev.parley.schemas.id.Ids;

/// A send as protobuf: in its own command, and in what is scheduled.
public final class SendCodec {

  private SendCodec() {}

  public static dev.parley.schemas.proto.SendMessage toProto(Command.SendMessage send) {
    var proto =
        dev.parley.schemas.proto.SendMessage.newBuilder()
            .setBody(BodyCodec.toProto(send.body()))
            .setReplyTo(Ids.text(send.replyTo()))
            .setThread(Ids.text(send.thread()))
            .setEveryone(ConversationCodec.toProto(send.everyone()))
            .setExpiresAfterMs(send.expiresAfterMillis());
    if (send.forwarded() != null) {
      proto.setForwarded(ConversationCodec.toProto(send.forwarded()));
    }
    return proto.build();
  }

  public static Command.SendMessage fromProto(dev.parley.schemas.proto.SendMessage proto) {
    return new Command.SendMessage(
        BodyCodec.fromProto(proto.getBody()),
        Ids.optional(proto.getReplyTo()),
        Ids.optional(proto.getThread()),
        ConversationCodec.fromProto(proto.getEveryone()),
        proto.getExpiresAfterMs(),
        proto.hasForwarded() ? ConversationCodec.fromProto(proto.getForwarded()) : null);
  }

  public static dev.parley.schemas.proto.ScheduleEnd toProto(ScheduleEnd end) {
    return switch (end) {
      case SENT -> dev.parley.schemas.proto.ScheduleEnd.SCHEDULE_END_SENT;
      case CANCELLED -> dev.parley.schemas.proto.ScheduleEnd.SCHEDULE_END_CANCELLED;
      case FAILED -> dev.parley.schemas.proto.ScheduleEnd.SCHEDULE_END_FAILED;
    };
  }

  public static ScheduleEnd fromProto(dev.parley.schemas.proto.ScheduleEnd end) {
    return switch (end) {
      case SCHEDULE_END_SENT -> ScheduleEnd.SENT;
      case SCHEDULE_END_CANCELLED -> ScheduleEnd.CANCELLED;
      case SCHEDULE_END_FAILED -> ScheduleEnd.FAILED;
      case SCHEDULE_END_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException(
              "Expected a known end of a schedule, but found " + end);
    };
  }
}
