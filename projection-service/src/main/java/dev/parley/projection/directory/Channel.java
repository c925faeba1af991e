package dev.parley.projection.directory;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.SQLRestriction;

/// A channel in the version of the views that is in service. Only read.
@Entity
@Immutable
@Table(schema = "views", name = "conversation")
@SQLRestriction("kind = 'channel'")
@SuppressWarnings("NullAway.Init") // Hibernate fills it.
public class Channel extends PanacheEntityBase {

  @Id public UUID id;
  public String title;
  public String topic;

  @Column(name = "head_seq")
  public long headSeq;

  @Column(name = "head_ordinal")
  public long headOrdinal;

  @Column(name = "last_at")
  public long lastAtMillis;

  @Column(name = "members_count")
  public long membersCount;
}
