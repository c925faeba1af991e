package dev.parley.identity.service;

import dev.parley.schemas.token.Scope;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Arrays;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A long-lived key of a program: its hash, and what it may be exchanged for.
@Entity
@Table(name = "service_key")
public class ServiceKey {

  @Id UUID id;

  @Column(name = "person_id")
  UUID person;

  String hash;

  String[] scopes;

  String label;

  @Column(name = "created_at_ms")
  long createdAtMillis;

  @Column(name = "expires_at_ms")
  @Nullable Long expiresAtMillis;

  @Column(name = "last_used_at_ms")
  @Nullable Long lastUsedAtMillis;

  @Column(name = "revoked_at_ms")
  @Nullable Long revokedAtMillis;

  @SuppressWarnings("NullAway.Init")
  protected ServiceKey() {}

  ServiceKey(
      UUID id,
      UUID person,
      String hash,
      Collection<Scope> scopes,
      String label,
      long createdAtMillis,
      @Nullable Long expiresAtMillis) {
    this.id = id;
    this.person = person;
    this.hash = hash;
    this.scopes = scopes.stream().sorted().map(Scope::wireName).distinct().toArray(String[]::new);
    this.label = label;
    this.createdAtMillis = createdAtMillis;
    this.expiresAtMillis = expiresAtMillis;
  }

  public UUID id() {
    return id;
  }

  public UUID person() {
    return person;
  }

  /// What its tokens may be used for.
  public Set<Scope> scopes() {
    return Arrays.stream(scopes)
        .map(Scope::fromWire)
        .filter(Objects::nonNull)
        .collect(Collectors.toUnmodifiableSet());
  }

  /// What its maker calls it.
  public String label() {
    return label;
  }

  public long createdAtMillis() {
    return createdAtMillis;
  }

  /// Null: it does not expire.
  public @Nullable Long expiresAtMillis() {
    return expiresAtMillis;
  }

  /// To within a minute; null: never.
  public @Nullable Long lastUsedAtMillis() {
    return lastUsedAtMillis;
  }

  boolean isLive(long nowMillis) {
    return revokedAtMillis == null && (expiresAtMillis == null || expiresAtMillis > nowMillis);
  }
}
