package dev.parley.schemas.outcome;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;

/// Messages of a node's channel.
public final class NodePushCodec {

  private NodePushCodec() {}

  /// @param record value of a record of `parley.events`
  public static byte[] event(byte[] record) {
    return dev.parley.schemas.proto.NodePush.newBuilder()
        .setEvent(UnsafeByteOperations.unsafeWrap(record))
        .build()
        .toByteArray();
  }

  /// @param record value of a record of `parley.rejections`
  public static byte[] outcome(byte[] record) {
    return dev.parley.schemas.proto.NodePush.newBuilder()
        .setOutcome(UnsafeByteOperations.unsafeWrap(record))
        .build()
        .toByteArray();
  }

  /// @throws IllegalArgumentException if the bytes are no push that this version knows
  public static NodePush decode(byte[] bytes) {
    try {
      var push = dev.parley.schemas.proto.NodePush.parseFrom(bytes);
      return switch (push.getPushCase()) {
        case EVENT -> new NodePush.EventPush(push.getEvent().toByteArray());
        case OUTCOME ->
            new NodePush.OutcomePush(OutcomeCodec.decode(push.getOutcome().toByteArray()));
        case PUSH_NOT_SET ->
            throw new IllegalArgumentException("Expected a push, but the message holds none");
      };
    } catch (InvalidProtocolBufferException broken) {
      throw new IllegalArgumentException("Expected a push, but found other bytes", broken);
    }
  }
}
