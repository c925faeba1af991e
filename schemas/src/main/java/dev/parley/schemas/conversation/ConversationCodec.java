package dev.parley.schemas.conversation;

/// The enums of conversations as protobuf.
public final class ConversationCodec {

  private ConversationCodec() {}

  public static dev.parley.schemas.proto.ConversationKind toProto(ConversationKind kind) {
    return switch (kind) {
      case SELF -> dev.parley.schemas.proto.ConversationKind.CONVERSATION_KIND_SELF;
      case DIRECT -> dev.parley.schemas.proto.ConversationKind.CONVERSATION_KIND_DIRECT;
      case GROUP -> dev.parley.schemas.proto.ConversationKind.CONVERSATION_KIND_GROUP;
      case CHANNEL -> dev.parley.schemas.proto.ConversationKind.CONVERSATION_KIND_CHANNEL;
    };
  }

  public static ConversationKind fromProto(dev.parley.schemas.proto.ConversationKind kind) {
    return switch (kind) {
      case CONVERSATION_KIND_SELF -> ConversationKind.SELF;
      case CONVERSATION_KIND_DIRECT -> ConversationKind.DIRECT;
      case CONVERSATION_KIND_GROUP -> ConversationKind.GROUP;
      case CONVERSATION_KIND_CHANNEL -> ConversationKind.CHANNEL;
      case CONVERSATION_KIND_UNSPECIFIED, UNRECOGNIZED -> throw unknown("conversation kind", kind);
    };
  }

  public static dev.parley.schemas.proto.Role toProto(Role role) {
    return switch (role) {
      case OWNER -> dev.parley.schemas.proto.Role.ROLE_OWNER;
      case ADMIN -> dev.parley.schemas.proto.Role.ROLE_ADMIN;
      case MODERATOR -> dev.parley.schemas.proto.Role.ROLE_MODERATOR;
      case MEMBER -> dev.parley.schemas.proto.Role.ROLE_MEMBER;
      case READ_ONLY -> dev.parley.schemas.proto.Role.ROLE_READ_ONLY;
    };
  }

  public static Role fromProto(dev.parley.schemas.proto.Role role) {
    return switch (role) {
      case ROLE_OWNER -> Role.OWNER;
      case ROLE_ADMIN -> Role.ADMIN;
      case ROLE_MODERATOR -> Role.MODERATOR;
      case ROLE_MEMBER -> Role.MEMBER;
      case ROLE_READ_ONLY -> Role.READ_ONLY;
      case ROLE_UNSPECIFIED, UNRECOGNIZED -> throw unknown("role", role);
    };
  }

  public static dev.parley.schemas.proto.HistoryVisibility toProto(HistoryVisibility visibility) {
    return switch (visibility) {
      case FROM_START -> dev.parley.schemas.proto.HistoryVisibility.HISTORY_VISIBILITY_FROM_START;
      case FROM_JOINING ->
          dev.parley.schemas.proto.HistoryVisibility.HISTORY_VISIBILITY_FROM_JOINING;
    };
  }

  public static HistoryVisibility fromProto(dev.parley.schemas.proto.HistoryVisibility proto) {
    return switch (proto) {
      case HISTORY_VISIBILITY_FROM_START -> HistoryVisibility.FROM_START;
      case HISTORY_VISIBILITY_FROM_JOINING -> HistoryVisibility.FROM_JOINING;
      case HISTORY_VISIBILITY_UNSPECIFIED, UNRECOGNIZED ->
          throw unknown("history visibility", proto);
    };
  }

  private static IllegalArgumentException unknown(String what, Enum<?> found) {
    return new IllegalArgumentException("Expected a known " + what + ", but found " + found);
  }
}
