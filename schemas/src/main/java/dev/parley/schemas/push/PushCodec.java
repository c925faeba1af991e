package dev.parley.schemas.push;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.outcome.OutcomeCodec;
import dev.parley.schemas.personal.PersonalCodec;
import dev.parley.schemas.proto.Presence;
import dev.parley.schemas.proto.Profile;
import dev.parley.schemas.proto.Typing;

/// Messages of the channels of Redis.
public final class PushCodec {

  private PushCodec() {}

  /// @param record value of a record of `parley.events`
  public static byte[] event(byte[] record) {
    return dev.parley.schemas.proto.Push.newBuilder()
        .setEvent(UnsafeByteOperations.unsafeWrap(record))
        .build()
        .toByteArray();
  }

  /// @param record value of a record of `parley.rejections`
  public static byte[] outcome(byte[] record) {
    return dev.parley.schemas.proto.Push.newBuilder()
        .setOutcome(UnsafeByteOperations.unsafeWrap(record))
        .build()
        .toByteArray();
  }

  /// @param record value of a record of `parley.marks`
  public static byte[] personal(byte[] record) {
    return dev.parley.schemas.proto.Push.newBuilder()
        .setPersonal(UnsafeByteOperations.unsafeWrap(record))
        .build()
        .toByteArray();
  }

  public static byte[] typing(Push.TypingPush typing) {
    return dev.parley.schemas.proto.Push.newBuilder()
        .setTyping(
            Typing.newBuilder()
                .setConversationId(typing.conversation().toString())
                .setUserId(typing.user().toString())
                .setThread(Ids.text(typing.thread())))
        .build()
        .toByteArray();
  }

  public static byte[] presence(Push.PresencePush presence) {
    return dev.parley.schemas.proto.Push.newBuilder()
        .setPresence(
            Presence.newBuilder()
                .setUserId(presence.user().toString())
                .setOnline(presence.online())
                .setLastSeenMs(presence.lastSeenMillis()))
        .build()
        .toByteArray();
  }

  public static byte[] profile(Push.ProfilePush profile) {
    return dev.parley.schemas.proto.Push.newBuilder()
        .setProfile(
            Profile.newBuilder()
                .setUserId(profile.user().toString())
                .setVersion(profile.version())
                .setName(profile.name())
                .setDisplayName(profile.displayName()))
        .build()
        .toByteArray();
  }

  /// @throws IllegalArgumentException if the bytes are no push that this version knows
  public static Push decode(byte[] bytes) {
    try {
      var push = dev.parley.schemas.proto.Push.parseFrom(bytes);
      return switch (push.getPushCase()) {
        case EVENT -> new Push.EventPush(push.getEvent().toByteArray());
        case OUTCOME -> new Push.OutcomePush(OutcomeCodec.decode(push.getOutcome().toByteArray()));
        case PERSONAL ->
            new Push.PersonalPush(PersonalCodec.decode(push.getPersonal().toByteArray()));
        case TYPING ->
            new Push.TypingPush(
                Ids.required(push.getTyping().getConversationId()),
                Ids.required(push.getTyping().getUserId()),
                Ids.optional(push.getTyping().getThread()));
        case PRESENCE ->
            new Push.PresencePush(
                Ids.required(push.getPresence().getUserId()),
                push.getPresence().getOnline(),
                push.getPresence().getLastSeenMs());
        case PROFILE ->
            new Push.ProfilePush(
                Ids.required(push.getProfile().getUserId()),
                push.getProfile().getVersion(),
                push.getProfile().getName(),
                push.getProfile().getDisplayName());
        case PUSH_NOT_SET ->
            throw new IllegalArgumentException("Expected a push, but the message holds none");
      };
    } catch (InvalidProtocolBufferException broken) {
      throw new IllegalArgumentException("Expected a push, but found other bytes", broken);
    }
  }
}
