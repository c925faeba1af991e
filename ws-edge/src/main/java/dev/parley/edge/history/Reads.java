package dev.parley.edge.history;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/// What an edge asks the views on behalf of one person.
public interface Reads {

  /// What a person may do with a conversation, as the views know it.
  ///
  /// @param guest nobody is signed in
  /// @return fails if the views do not answer in time
  CompletionStage<Access> access(UUID conversation, UUID user, boolean guest);

  /// @param readable whether the person may read it, as a member or because it is public
  /// @param member whether the person is one
  /// @param members how many there are
  record Access(boolean readable, boolean member, long headSeq, long members) {}

  /// A message as the person may see it; empty: it does not exist, or not for them.
  ///
  /// @return fails if the views do not answer in time
  CompletionStage<Optional<JsonNode>> message(UUID conversation, UUID message, UUID user);
}
