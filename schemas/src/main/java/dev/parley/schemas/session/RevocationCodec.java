package dev.parley.schemas.session;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.proto.RevocationRecord;

/// Revocations as records of `parley.sessions`.
public final class RevocationCodec {

  private RevocationCodec() {}

  /// The record's key, by which compaction keeps the last of each.
  public static String key(Revocation revocation) {
    return switch (revocation) {
      case Revocation.OfSession(_, var session, _) -> session.toString();
      case Revocation.OfPerson(var user, _) -> "user:" + user;
    };
  }

  public static byte[] encode(Revocation revocation) {
    var record =
        RevocationRecord.newBuilder()
            .setUserId(revocation.user().toString())
            .setAtMs(revocation.atMillis());
    if (revocation instanceof Revocation.OfSession(_, var session, _)) {
      record.setSessionId(session.toString());
    }
    return record.build().toByteArray();
  }

  /// @throws IllegalArgumentException if the bytes are no revocation
  public static Revocation decode(byte[] bytes) {
    try {
      var record = RevocationRecord.parseFrom(bytes);
      var user = Ids.required(record.getUserId());
      var session = Ids.optional(record.getSessionId());
      return session == null
          ? new Revocation.OfPerson(user, record.getAtMs())
          : new Revocation.OfSession(user, session, record.getAtMs());
    } catch (InvalidProtocolBufferException broken) {
      throw new IllegalArgumentException("Expected a revocation, but found other bytes", broken);
    }
  }
}
