package dev.parley.schemas.user;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.parley.schemas.content.WrappedKey;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.proto.UserRecord;
import java.util.UUID;

/// People as values of records of `parley.users`.
public final class UserCodec {

  private UserCodec() {}

  public static byte[] encode(UserProfile user) {
    var record =
        UserRecord.newBuilder()
            .setUserId(user.id().toString())
            .setVersion(user.version())
            .setName(user.name())
            .setDisplayName(user.displayName())
            .setCreatedAtMs(user.createdAtMillis())
            .setErased(user.erased())
            .setImported(user.imported())
            .setSuspended(user.suspended())
            .setBot(user.bot())
            .addAllBlocked(user.blocked().stream().map(UUID::toString).toList());
    if (user.contentKey() != null) {
      record.setContentKey(
          dev.parley.schemas.proto.WrappedKey.newBuilder()
              .setKeyId(user.contentKey().keyId())
              .setWrapped(user.contentKey().wrapped()));
    }
    return record.build().toByteArray();
  }

  /// @throws IllegalArgumentException if the bytes are no person
  public static UserProfile decode(byte[] bytes) {
    UserRecord record;
    try {
      record = UserRecord.parseFrom(bytes);
    } catch (InvalidProtocolBufferException broken) {
      throw new IllegalArgumentException("Expected a person, but found other bytes", broken);
    }
    return new UserProfile(
        Ids.required(record.getUserId()),
        record.getVersion(),
        record.getName(),
        record.getDisplayName(),
        record.getCreatedAtMs(),
        record.hasContentKey()
            ? new WrappedKey(record.getContentKey().getKeyId(), record.getContentKey().getWrapped())
            : null,
        record.getErased(),
        record.getImported(),
        record.getSuspended(),
        record.getBot(),
        record.getBlockedList().stream().map(Ids::required).toList());
  }
}
