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

/// A text that an edited message has had; revision 0 is the first. Only read.
@Entity
@Immutable
@Table(schema = "views", name = "message_revision")
@IdClass(Revision.Key.class)
@SuppressWarnings("NullAway.Init") // Hibernate fills it.
public class Revision extends PanacheEntityBase {

  @Id public UUID conversation;
  @Id public UUID message;
  @Id public int revision;
  public long seq;

  @Column(name = "at")
  public long atMillis;

  public UUID author;
  public String text;

  @JdbcTypeCode(SqlTypes.ARRAY)
  public UUID[] mentions;

  public boolean erased;

  /// Which revision of which message.
  public record Key(UUID conversation, UUID message, int revision) {}
}
