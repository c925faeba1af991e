package dev.parley.command.topology;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.parley.command.decider.Ban;
import dev.parley.command.decider.Conversation;
import dev.parley.command.decider.Decided;
import dev.parley.command.decider.Mark;
import dev.parley.command.decider.Member;
import dev.parley.command.decider.Message;
import dev.parley.command.topology.proto.BanValue;
import dev.parley.command.topology.proto.ConversationValue;
import dev.parley.command.topology.proto.CountValue;
import dev.parley.command.topology.proto.DecidedValue;
import dev.parley.command.topology.proto.MarkValue;
import dev.parley.command.topology.proto.MemberValue;
import dev.parley.command.topology.proto.MessageValue;
import dev.parley.schemas.conversation.ConversationCodec;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.conversation.HistoryVisibility;
import dev.parley.schemas.conversation.Role;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Values of the decider's store. A value that cannot be read is a bug or a damaged disk, and
/// throws.
final class StateValues {

  private static final int ID_BYTES = 16;

  private StateValues() {}

  static byte[] encode(Conversation conversation) {
    return ConversationValue.newBuilder()
        .setKind(ConversationCodec.toProto(conversation.kind()).getNumber())
        .setHistory(ConversationCodec.toProto(conversation.history()).getNumber())
        .setCreator(bytes(conversation.creator()))
        .setImported(conversation.imported())
        .setCreatedAtMs(conversation.createdAtMillis())
        .setMembers(conversation.counts().members())
        .setOwners(conversation.counts().owners())
        .setSeq(conversation.seq())
        .setOrdinal(conversation.ordinal())
        .setHash(conversation.hash())
        .setPins(conversation.counts().pins())
        .setChannels(conversation.counts().channels())
        .setSchedules(conversation.counts().schedules())
        .setArchived(conversation.policy().archived())
        .setSlowModeSeconds(conversation.policy().slowModeSeconds())
        .build()
        .toByteArray();
  }

  static Conversation conversation(byte[] bytes) {
    ConversationValue value = parsed(bytes, ConversationValue::parseFrom);
    return new Conversation(
        kind(value.getKind()),
        history(value.getHistory()),
        id(value.getCreator()),
        value.getImported(),
        value.getCreatedAtMs(),
        new Conversation.Counts(
            value.getMembers(),
            value.getOwners(),
            value.getPins(),
            value.getChannels(),
            value.getSchedules()),
        new Conversation.Policy(value.getArchived(), value.getSlowModeSeconds()),
        value.getSeq(),
        value.getOrdinal(),
        value.getHash());
  }

  static byte[] encode(Member member) {
    return MemberValue.newBuilder()
        .setRole(ConversationCodec.toProto(member.role()).getNumber())
        .setSince(toProto(member.since()))
        .setMutedUntilMs(member.mutedUntilMillis())
        .setSpokeAtMs(member.spokeAtMillis())
        .build()
        .toByteArray();
  }

  static Member member(byte[] bytes) {
    MemberValue value = parsed(bytes, MemberValue::parseFrom);
    return new Member(
        role(value.getRole()),
        mark(value.getSince()),
        value.getMutedUntilMs(),
        value.getSpokeAtMs());
  }

  static byte[] encode(Message message) {
    MessageValue.Builder value =
        MessageValue.newBuilder()
            .setAuthor(bytes(message.author()))
            .setSent(toProto(message.sent()))
            .setRevision(message.revision())
            .setEmojis(message.emojis())
            .setExpiresAtMs(message.expiresAtMillis());
    UUID thread = message.thread();
    if (thread != null) {
      value.setThread(bytes(thread));
    }
    Mark deleted = message.deleted();
    if (deleted != null) {
      value.setDeleted(toProto(deleted));
    }
    Mark pinned = message.pinned();
    if (pinned != null) {
      value.setPinned(toProto(pinned));
    }
    return value.build().toByteArray();
  }

  static Message message(byte[] bytes) {
    MessageValue value = parsed(bytes, MessageValue::parseFrom);
    return new Message(
        id(value.getAuthor()),
        mark(value.getSent()),
        value.getRevision(),
        optionalId(value.getThread()),
        value.hasDeleted() ? mark(value.getDeleted()) : null,
        value.hasPinned() ? mark(value.getPinned()) : null,
        value.getEmojis(),
        value.getExpiresAtMs());
  }

  static byte[] encode(Decided decided) {
    return DecidedValue.newBuilder()
        .setActor(bytes(decided.actor()))
        .setFirst(toProto(decided.first()))
        .build()
        .toByteArray();
  }

  static Decided decided(byte[] bytes) {
    DecidedValue value = parsed(bytes, DecidedValue::parseFrom);
    return new Decided(id(value.getActor()), mark(value.getFirst()));
  }

  static byte[] encode(Mark mark) {
    return toProto(mark).toByteArray();
  }

  static Mark markOf(byte[] bytes) {
    return mark(parsed(bytes, MarkValue::parseFrom));
  }

  static byte[] encode(Ban ban) {
    return BanValue.newBuilder()
        .setUntilMs(ban.untilMillis())
        .setSince(toProto(ban.since()))
        .build()
        .toByteArray();
  }

  static Ban ban(byte[] bytes) {
    BanValue value = parsed(bytes, BanValue::parseFrom);
    return new Ban(value.getUntilMs(), mark(value.getSince()));
  }

  static byte[] encode(int count) {
    return CountValue.newBuilder().setCount(count).build().toByteArray();
  }

  static int count(byte[] bytes) {
    return parsed(bytes, CountValue::parseFrom).getCount();
  }

  private interface Parser<T> {
    T parse(byte[] bytes) throws InvalidProtocolBufferException;
  }

  private static <T> T parsed(byte[] bytes, Parser<T> parser) {
    try {
      return parser.parse(bytes);
    } catch (InvalidProtocolBufferException broken) {
      throw new IllegalStateException(
          "Expected a value of the store, but found other bytes", broken);
    }
  }

  private static MarkValue toProto(Mark mark) {
    return MarkValue.newBuilder()
        .setSeq(mark.seq())
        .setOrdinal(mark.ordinal())
        .setAtMs(mark.atMillis())
        .build();
  }

  private static Mark mark(MarkValue value) {
    return new Mark(value.getSeq(), value.getOrdinal(), value.getAtMs());
  }

  private static ConversationKind kind(int number) {
    return ConversationCodec.fromProto(
        known(dev.parley.schemas.proto.ConversationKind.forNumber(number), number));
  }

  private static HistoryVisibility history(int number) {
    return ConversationCodec.fromProto(
        known(dev.parley.schemas.proto.HistoryVisibility.forNumber(number), number));
  }

  private static Role role(int number) {
    return ConversationCodec.fromProto(
        known(dev.parley.schemas.proto.Role.forNumber(number), number));
  }

  private static <T extends Enum<T>> T known(@Nullable T value, int number) {
    if (value == null) {
      throw new IllegalStateException("Expected a known number in the store, but found " + number);
    }
    return value;
  }

  private static ByteString bytes(UUID id) {
    return ByteString.copyFrom(
        ByteBuffer.allocate(ID_BYTES)
            .putLong(id.getMostSignificantBits())
            .putLong(id.getLeastSignificantBits())
            .flip());
  }

  private static UUID id(ByteString bytes) {
    ByteBuffer buffer = bytes.asReadOnlyByteBuffer();
    return new UUID(buffer.getLong(), buffer.getLong());
  }

  private static @Nullable UUID optionalId(ByteString bytes) {
    return bytes.isEmpty() ? null : id(bytes);
  }
}
