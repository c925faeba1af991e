package dev.parley.identity.person;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.UUID;

/// What everybody who is signed in may know of a person.
public record PublicPerson(
    UUID id, String name, @JsonProperty("display_name") String displayName) {}
