package dev.parley.identity.session;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One login of one person, and the family of the refresh tokens that followed from it.
@Entity
@Table(name = "session")
public class Session {

  @Id UUID id;

  @Column(name = "person_id")
  UUID person;

  @Column(name = "created_at_ms")
  long createdAtMillis;

  @Column(name = "expires_at_ms")
  long expiresAtMillis;

  @Column(name = "last_used_at_ms")
  long lastUsedAtMillis;

  /// What the client calls itself.
  String client = "";

  @Column(name = "revoked_at_ms")
  @Nullable Long revokedAtMillis;

  @SuppressWarnings("NullAway.Init")
  protected Session() {}

  Session(UUID id, UUID person, long createdAtMillis, long expiresAtMillis) {
    this.id = id;
    this.person = person;
    this.createdAtMillis = createdAtMillis;
    this.lastUsedAtMillis = createdAtMillis;
    this.expiresAtMillis = expiresAtMillis;
  }
}
