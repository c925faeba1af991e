package dev.parley.identity.person;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.UUID;

/// What everybody who is signed in may know of a person.
///
/// @param bot not a human being; left out where it is false
public record PublicPerson(
    UUID id,
    String name,
    @JsonProperty("display_name") String displayName,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean bot) {

  /// A human being.
  public PublicPerson(UUID id, String name, String displayName) {
    this(id, name, displayName, false);
  }
}
