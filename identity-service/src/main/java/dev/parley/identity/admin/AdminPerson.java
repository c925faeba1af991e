package dev.parley.identity.admin;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.parley.identity.person.Person;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What an admin may know of a person.
///
/// @param hasPassword whether they can log in here
/// @param issuer the issuer of tokens who knows them; null: nobody else does
record AdminPerson(
    UUID id,
    String name,
    @JsonProperty("display_name") String displayName,
    @JsonProperty("created_at") Instant createdAt,
    boolean admin,
    boolean suspended,
    boolean bot,
    boolean erased,
    boolean imported,
    @JsonProperty("has_password") boolean hasPassword,
    @Nullable String issuer) {

  static AdminPerson of(Person person) {
    return new AdminPerson(
        person.id(),
        person.name(),
        person.displayName(),
        Instant.ofEpochMilli(person.createdAtMillis()),
        person.admin(),
        person.suspended(),
        person.bot(),
        person.erased(),
        person.imported(),
        person.passwordHash() != null,
        person.issuer());
  }
}
