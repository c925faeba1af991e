package dev.parley.projection.directory;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/// Somebody who is banned from a channel: to them it is not there. Only read.
@Entity
@Immutable
@Table(schema = "views", name = "ban")
@IdClass(Ban.Key.class)
@SuppressWarnings("NullAway.Init") // Hibernate fills it.
public class Ban extends PanacheEntityBase {

  @Id public UUID conversation;

  @Id
  @Column(name = "user_id")
  public UUID user;

  /// 0: for ever.
  @Column(name = "until")
  public long untilMillis;

  /// Whom, from where.
  public record Key(UUID conversation, UUID user) {}
}
