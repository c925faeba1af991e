package dev.parley.identity.audit;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One act. It holds ids and no names, so that nobody need look here when a person is erased.
@Entity
@Table(name = "audit")
public class AuditEntry {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  @Nullable Long id;

  @Column(name = "at_ms")
  long atMillis;

  @Nullable UUID actor;

  String action;

  @Column(name = "person_id")
  @Nullable UUID person;

  String detail;

  @SuppressWarnings("NullAway.Init")
  protected AuditEntry() {}

  AuditEntry(long atMillis, @Nullable UUID actor, Act act, @Nullable UUID person, String detail) {
    this.atMillis = atMillis;
    this.actor = actor;
    this.action = act.wireName();
    this.person = person;
    this.detail = detail;
  }
}
