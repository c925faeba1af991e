package dev.parley.identity.erasure;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What was destroyed of one person, and whether the log has forgotten them.
@Entity
@Table(name = "erasure")
public class Erasure {

  @Id
  @Column(name = "person_id")
  UUID person;

  UUID receipt;

  @Column(name = "requested_at_ms")
  long requestedAtMillis;

  @Column(name = "requested_by")
  UUID requestedBy;

  @Column(name = "key_id")
  @Nullable String keyId;

  @Column(name = "key_destroyed_at_ms")
  long keyDestroyedAtMillis;

  @Column(name = "sessions_ended")
  int sessionsEnded;

  @Column(name = "service_keys_ended")
  int serviceKeysEnded;

  @Column(name = "next_check_at_ms")
  long nextCheckAtMillis;

  int checks;

  @Column(name = "clean_at_ms")
  @Nullable Long cleanAtMillis;

  @SuppressWarnings("NullAway.Init")
  protected Erasure() {}

  Erasure(
      UUID person,
      UUID requestedBy,
      @Nullable String keyId,
      long atMillis,
      long nextCheckAtMillis) {
    this.person = person;
    this.receipt = UUID.randomUUID();
    this.requestedAtMillis = atMillis;
    this.requestedBy = requestedBy;
    this.keyId = keyId;
    this.keyDestroyedAtMillis = atMillis;
    this.nextCheckAtMillis = nextCheckAtMillis;
  }
}
