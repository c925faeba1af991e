package dev.parley.schemas.event;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import dev.parley.schemas.content.BodyCodec;
import dev.parley.schemas.conversation.ConversationCodec;
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
    switch (event.data()) {
      case EventData.ConversationCreated(
              var kind,
              var title,
              var topic,
              var history,
              var imported) ->
          proto.setConversationCreated(
              dev.parley.schemas.proto.ConversationCreated.newBuilder()
                  .setKind(ConversationCodec.toProto(kind))
                  .setTitle(title)
                  .setTopic(topic)
                  .setHistory(ConversationCodec.toProto(history))
                  .setImported(imported));
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
      case EventData.MessageSent(var message, var body, var replyTo, var thread, var imported) ->
          proto.setMessageSent(
              dev.parley.schemas.proto.MessageSent.newBuilder()
                  .setMessageId(message.toString())
                  .setBody(BodyCodec.toProto(body))
                  .setReplyTo(Ids.text(replyTo))
                  .setThread(Ids.text(thread))
                  .setImported(imported));
      case EventData.MessageEdited(var message, var revision, var body) ->
          proto.setMessageEdited(
              dev.parley.schemas.proto.MessageEdited.newBuilder()
                  .setMessageId(message.toString())
                  .setRevision(revision)
                  .setBody(BodyCodec.toProto(body)));
      case EventData.MessageDeleted(var message) ->
          proto.setMessageDeleted(
              dev.parley.schemas.proto.MessageDeleted.newBuilder()
                  .setMessageId(message.toString()));
    }
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
        data(proto));
  }

  private static EventData data(dev.parley.schemas.proto.Event proto) {
    return switch (proto.getDataCase()) {
      case CONVERSATION_CREATED -> {
        var created = proto.getConversationCreated();
        yield new EventData.ConversationCreated(
            ConversationCodec.fromProto(created.getKind()),
            created.getTitle(),
            created.getTopic(),
            ConversationCodec.fromProto(created.getHistory()),
            created.getImported());
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
            sent.getImported());
      }
      case MESSAGE_EDITED -> {
        var edited = proto.getMessageEdited();
        yield new EventData.MessageEdited(
            Ids.required(edited.getMessageId()),
            edited.getRevision(),
            BodyCodec.fromProto(edited.getBody()));
      }
      case MESSAGE_DELETED ->
          new EventData.MessageDeleted(Ids.required(proto.getMessageDeleted().getMessageId()));
      case DATA_NOT_SET ->
          throw new IllegalArgumentException(
              "Expected an event that this version knows, but seq "
                  + proto.getSeq()
                  + " of "
                  + proto.getConversationId()
                  + " holds none");
    };
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
