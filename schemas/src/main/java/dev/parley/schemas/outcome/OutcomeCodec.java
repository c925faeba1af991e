package dev.parley.schemas.outcome;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.proto.OutcomeRecord;

/// Outcomes as values of records of `parley.rejections`.
public final class OutcomeCodec {

  private OutcomeCodec() {}

  public static byte[] encode(OutcomeEnvelope envelope) {
    return toProto(envelope).toByteArray();
  }

  /// @throws IllegalArgumentException if the bytes are no outcome that this version knows
  public static OutcomeEnvelope decode(byte[] bytes) {
    try {
      return fromProto(OutcomeRecord.parseFrom(bytes));
    } catch (InvalidProtocolBufferException broken) {
      throw new IllegalArgumentException("Expected an outcome, but found other bytes", broken);
    }
  }

  private static OutcomeRecord toProto(OutcomeEnvelope envelope) {
    var record =
        OutcomeRecord.newBuilder()
            .setCommandId(envelope.commandId().toString())
            .setConversationId(envelope.conversation().toString())
            .setActor(envelope.actor().toString())
            .setOrigin(envelope.origin())
            .setCopy(envelope.copy());
    switch (envelope.outcome()) {
      case Outcome.Rejected(var code, var detail, var retryAfterMillis) ->
          record.setRejected(
              dev.parley.schemas.proto.Rejected.newBuilder()
                  .setCode(code.wireName())
                  .setDetail(detail)
                  .setRetryAfterMs(retryAfterMillis));
      case Outcome.Repeated(var seq, var ordinal, var atMillis) ->
          record.setRepeated(
              dev.parley.schemas.proto.Repeated.newBuilder()
                  .setSeq(seq)
                  .setOrdinal(ordinal)
                  .setAtMs(atMillis));
    }
    return record.build();
  }

  private static OutcomeEnvelope fromProto(OutcomeRecord record) {
    return new OutcomeEnvelope(
        Ids.required(record.getCommandId()),
        Ids.required(record.getConversationId()),
        Ids.required(record.getActor()),
        record.getOrigin(),
        record.getCopy(),
        outcome(record));
  }

  private static Outcome outcome(OutcomeRecord record) {
    return switch (record.getOutcomeCase()) {
      case REJECTED -> {
        var code = ErrorCode.fromWire(record.getRejected().getCode());
        if (code == null) {
          throw new IllegalArgumentException(
              "Expected a known error code, but found " + record.getRejected().getCode());
        }
        yield new Outcome.Rejected(
            code, record.getRejected().getDetail(), record.getRejected().getRetryAfterMs());
      }
      case REPEATED ->
          new Outcome.Repeated(
              record.getRepeated().getSeq(),
              record.getRepeated().getOrdinal(),
              record.getRepeated().getAtMs());
      case OUTCOME_NOT_SET ->
          throw new IllegalArgumentException("Expected an outcome, but the record holds none");
    };
  }
}
