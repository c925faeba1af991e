package dev.parley.identity.session;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A refresh token's hash and fate; used ones are kept until the session ends, to notice one that
/// is used again.
@Entity
@Table(name = "refresh_token")
public class RefreshToken {

  @Id String hash;

  @Column(name = "session_id")
  UUID session;

  @Column(name = "expires_at_ms")
  long expiresAtMillis;

  @Column(name = "used_at_ms")
  @Nullable Long usedAtMillis;

  /// The hash of the token that it was exchanged for.
  @Nullable String successor;

  /// With it and this token in the clear the successor can be told again. Gone once the successor
  /// was used: so an old token and a copy of the database together open nothing.
  @Column(name = "successor_salt")
  byte @Nullable [] successorSalt;

  @SuppressWarnings("NullAway.Init")
  protected RefreshToken() {}

  RefreshToken(String hash, UUID session, long expiresAtMillis) {
    this.hash = hash;
    this.session = session;
    this.expiresAtMillis = expiresAtMillis;
  }

  void exchangedFor(String successorHash, byte[] salt, long atMillis) {
    this.usedAtMillis = atMillis;
    this.successor = successorHash;
    this.successorSalt = salt;
  }
}
