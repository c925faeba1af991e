package dev.parley.identity.session;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One login of one person, and the family of the refresh tokens that followed from it. Whoever
/// changes it or one of its tokens holds its row.
@Entity
@Table(name = "session")
public class Session {

  @Id UUID id;

  @Column(name = "person_id")
  UUID person;

  @Column(name = "created_at_ms")
  long createdAtMillis;

  @Column(name = "last_used_at_ms")
  long lastUsedAtMillis;

  /// What the client calls itself.
  String client;

  @Column(name = "expires_at_ms")
  long expiresAtMillis;

  @Column(name = "revoked_at_ms")
  @Nullable Long revokedAtMillis;

  @SuppressWarnings("NullAway.Init")
  protected Session() {}

  Session(UUID id, UUID person, String client, long createdAtMillis, long expiresAtMillis) {
    this.id = id;
    this.person = person;
    this.client = client;
    this.createdAtMillis = createdAtMillis;
    this.lastUsedAtMillis = createdAtMillis;
    this.expiresAtMillis = expiresAtMillis;
  }

  public UUID id() {
    return id;
  }

  public UUID person() {
    return person;
  }

  public long createdAtMillis() {
    return createdAtMillis;
  }

  public long lastUsedAtMillis() {
    return lastUsedAtMillis;
  }

  /// What the client called itself when the session began; may be empty.
  public String client() {
    return client;
  }

  boolean isLive(long nowMillis) {
    return revokedAtMillis == null && expiresAtMillis > nowMillis;
  }
}
