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

  @SuppressWarnings("NullAway.Init")
  protected RefreshToken() {}

  RefreshToken(String hash, UUID session, long expiresAtMillis) {
    this.hash = hash;
    this.session = session;
    this.expiresAtMillis = expiresAtMillis;
  }
}
