package dev.parley.schemas.event;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.proto.EventRecord;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// Events as values of records of `parley.events`.
public final class EventCodec {

  private EventCodec() {}

  /// Closes the chain over `event`: its bytes, its hash and the record. The same event gives the
  /// same bytes.
  public static ChainedEvent chain(Event event) {
    var bytes = toProto(event).toByteString();
    var hash = sha256(bytes);
    var record = EventRecord.newBuilder().setEvent(bytes).setHash(hash).build().toByteArray();
    return new ChainedEvent(event, hash, record);
  }

  /// Reads a record; the hash is taken as it stands, see [#verify].
  ///
  /// @throws IllegalArgumentException if the bytes are no event that this version knows
  public static ChainedEvent decode(byte[] record) {
    try {
      var proto = EventRecord.parseFrom(UnsafeByteOperations.unsafeWrap(record));
      var event = fromProto(dev.parley.schemas.proto.Event.parseFrom(proto.getEvent()));
      return new ChainedEvent(event, proto.getHash(), record);
    } catch (InvalidProtocolBufferException broken) {
      throw new IllegalArgumentException("Expected an event, but found other bytes", broken);
    }
  }

  /// Whether the record's hash is that of its event.
  ///
  /// @throws IllegalArgumentException if the bytes are no record of an event
  public static boolean verify(byte[] record) {
    try {
      var proto = EventRecord.parseFrom(record);
      return sha256(proto.getEvent()).equals(proto.getHash());
    } catch (InvalidProtocolBufferException broken) {
      throw new IllegalArgumentException("Expected an event, but found other bytes", broken);
    }
  }

  private static dev.parley.schemas.proto.Event toProto(Event event) {
    var proto =
        dev.parley.schemas.proto.Event.newBuilder()
            .setConversationId(event.conversation().toString())
            .setSeq(event.seq())
            .setOrdinal(event.ordinal())
            .setAtMs(event.atMillis())
            .setActor(event.actor().toString())
            .setCommandId(event.commandId().toString())
            .setEpoch(event.epoch())
            .setPrevHash(event.prevHash())
            .setTraceparent(event.traceparent());
    EventDataCodec.put(proto, event.data());
    return proto.build();
  }

  private static Event fromProto(dev.parley.schemas.proto.Event proto) {
    return new Event(
        Ids.required(proto.getConversationId()),
        proto.getSeq(),
        proto.getOrdinal(),
        proto.getAtMs(),
        Ids.required(proto.getActor()),
        Ids.required(proto.getCommandId()),
        proto.getEpoch(),
        proto.getPrevHash(),
        proto.getTraceparent(),
        EventDataCodec.of(proto));
  }

  private static ByteString sha256(ByteString bytes) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes.asReadOnlyByteBuffer());
      return UnsafeByteOperations.unsafeWrap(digest.digest());
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("Every Java platform has SHA-256", missing);
    }
  }
}
