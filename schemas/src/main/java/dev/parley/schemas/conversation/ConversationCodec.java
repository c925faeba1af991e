package dev.parley.schemas.conversation;

import dev.parley.schemas.content.CustomCodec;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.proto.Custom;
import java.util.Map;

/// The values of conversations as protobuf.
public final class ConversationCodec {

  private ConversationCodec() {}

  public static dev.parley.schemas.proto.ConversationKind toProto(ConversationKind kind) {
    return switch (kind) {
      case SELF -> dev.parley.schemas.proto.ConversationKind.CONVERSATION_KIND_SELF;
      case DIRECT -> dev.parley.schemas.proto.ConversationKind.CONVERSATION_KIND_DIRECT;
      case GROUP -> dev.parley.schemas.proto.ConversationKind.CONVERSATION_KIND_GROUP;
      case CHANNEL -> dev.parley.schemas.proto.ConversationKind.CONVERSATION_KIND_CHANNEL;
      case SPACE -> dev.parley.schemas.proto.ConversationKind.CONVERSATION_KIND_SPACE;
    };
  }

  public static ConversationKind fromProto(dev.parley.schemas.proto.ConversationKind kind) {
    return switch (kind) {
      case CONVERSATION_KIND_SELF -> ConversationKind.SELF;
      case CONVERSATION_KIND_DIRECT -> ConversationKind.DIRECT;
      case CONVERSATION_KIND_GROUP -> ConversationKind.GROUP;
      case CONVERSATION_KIND_CHANNEL -> ConversationKind.CHANNEL;
      case CONVERSATION_KIND_SPACE -> ConversationKind.SPACE;
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

  public static dev.parley.schemas.proto.Everyone toProto(Everyone everyone) {
    return switch (everyone) {
      case NONE -> dev.parley.schemas.proto.Everyone.EVERYONE_NONE;
      case HERE -> dev.parley.schemas.proto.Everyone.EVERYONE_HERE;
      case ALL -> dev.parley.schemas.proto.Everyone.EVERYONE_ALL;
    };
  }

  public static Everyone fromProto(dev.parley.schemas.proto.Everyone proto) {
    return switch (proto) {
      case EVERYONE_NONE -> Everyone.NONE;
      case EVERYONE_HERE -> Everyone.HERE;
      case EVERYONE_ALL -> Everyone.ALL;
      case UNRECOGNIZED -> throw unknown("circle of people", proto);
    };
  }

  public static dev.parley.schemas.proto.Forwarded toProto(Forwarded forwarded) {
    return dev.parley.schemas.proto.Forwarded.newBuilder()
        .setConversationId(forwarded.conversation().toString())
        .setMessageId(forwarded.message().toString())
        .setAuthor(forwarded.author().toString())
        .build();
  }

  public static Forwarded fromProto(dev.parley.schemas.proto.Forwarded proto) {
    return new Forwarded(
        Ids.required(proto.getConversationId()),
        Ids.required(proto.getMessageId()),
        Ids.required(proto.getAuthor()));
  }

  public static dev.parley.schemas.proto.ConversationChange toProto(ConversationChange change) {
    var proto = dev.parley.schemas.proto.ConversationChange.newBuilder();
    if (change.title() instanceof String title) {
      proto.setTitle(title);
    }
    if (change.topic() instanceof String topic) {
      proto.setTopic(topic);
    }
    if (change.avatar() instanceof String avatar) {
      proto.setAvatar(avatar);
    }
    if (change.custom() instanceof Map<String, String> custom) {
      proto.setCustom(Custom.newBuilder().addAllEntries(CustomCodec.toProto(custom)));
    }
    if (change.history() instanceof HistoryVisibility history) {
      proto.setHistory(toProto(history));
    }
    if (change.slowModeSeconds() instanceof Integer seconds) {
      proto.setSlowModeSeconds(seconds);
    }
    return proto.build();
  }

  public static ConversationChange fromProto(dev.parley.schemas.proto.ConversationChange proto) {
    var history = proto.getHistory();
    return new ConversationChange(
        proto.hasTitle() ? proto.getTitle() : null,
        proto.hasTopic() ? proto.getTopic() : null,
        proto.hasAvatar() ? proto.getAvatar() : null,
        proto.hasCustom() ? CustomCodec.fromProto(proto.getCustom().getEntriesList()) : null,
        history == dev.parley.schemas.proto.HistoryVisibility.HISTORY_VISIBILITY_UNSPECIFIED
            ? null
            : fromProto(history),
        proto.hasSlowModeSeconds() ? proto.getSlowModeSeconds() : null);
  }

  private static IllegalArgumentException unknown(String what, Enum<?> found) {
    return new IllegalArgumentException("Expected a known " + what + ", but found " + found);
  }
}
