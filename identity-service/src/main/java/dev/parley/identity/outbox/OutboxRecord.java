package dev.parley.identity.outbox;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A record for a topic, waiting to be published.
@Entity
@Table(name = "outbox")
public class OutboxRecord {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  @Nullable Long id;

  @Column(name = "person_id")
  UUID person;

  String topic;

  @Column(name = "record_key")
  String key;

  byte[] record;

  @Column(name = "written_at_ms")
  long writtenAtMillis;

  @SuppressWarnings("NullAway.Init")
  protected OutboxRecord() {}

  OutboxRecord(UUID person, String topic, String key, byte[] record, long writtenAtMillis) {
    this.person = person;
    this.topic = topic;
    this.key = key;
    this.record = record;
    this.writtenAtMillis = writtenAtMillis;
  }
}
