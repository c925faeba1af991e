package dev.parley.stack.slack.convert;

import dev.parley.schemas.id.Ids;
import java.util.UUID;

/// Ids of what comes from one workspace: the same whenever and however often it is imported, which
/// is why an import can be repeated.
///
/// @param workspace Slack's id of it
public record SlackIds(String workspace) {

  public UUID person(String id) {
    return Ids.imported(workspace + "/user", id, 0);
  }

  public UUID conversation(String id, long createdMillis) {
    return Ids.imported(workspace + "/channel", id, createdMillis);
  }

  /// @param part 0, or the number of a further part of a text that is too long for one message
  public UUID message(String conversation, String ts, int part, long millis) {
    String name = conversation + "/" + ts + (part == 0 ? "" : "/" + part);
    return Ids.imported(workspace + "/message", name, millis);
  }

  /// A command that makes a conversation or adds people to it.
  public UUID command(String conversation, int part, long createdMillis) {
    return Ids.imported(workspace + "/command", conversation + "/" + part, createdMillis);
  }
}
