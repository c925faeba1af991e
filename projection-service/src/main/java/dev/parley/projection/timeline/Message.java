package dev.parley.projection.timeline;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/// A message in the version of the views that is in service. Only read: the projection writes.
@Entity
@Immutable
@Table(schema = "views", name = "message")
@IdClass(Message.Key.class)
@SuppressWarnings("NullAway.Init") // Hibernate fills it.
public class Message extends PanacheEntityBase {

  @Id public UUID conversation;
  @Id public long seq;
  public long ordinal;
  public UUID id;
  public UUID author;

  @Column(name = "at")
  public long atMillis;

  public String text;

  @JdbcTypeCode(SqlTypes.ARRAY)
  public UUID[] mentions;

  public int revision;

  @Column(name = "edited_at")
  public @Nullable Long editedAtMillis;

  public boolean deleted;
  public boolean erased;

  @Column(name = "reply_to")
  public @Nullable UUID replyTo;

  public @Nullable UUID thread;
  public boolean imported;

  /// Where a message stands.
  public record Key(UUID conversation, long seq) {}
}
