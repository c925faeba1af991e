package dev.parley.stack.slack.archive;

import java.util.List;

/// A conversation of the workspace.
///
/// @param id Slack's id
/// @param folder where its messages are in the archive
/// @param creator Slack's id of who made it; empty: not told
/// @param members Slack's ids
/// @param createdMillis its time there; 0: not told
public record SlackConversation(
    Kind kind,
    String id,
    String folder,
    String title,
    String topic,
    String creator,
    List<String> members,
    long createdMillis) {

  public SlackConversation {
    members = List.copyOf(members);
  }

  /// The four lists of an export.
  public enum Kind {
    CHANNEL("channels.json"),
    PRIVATE_CHANNEL("groups.json"),
    GROUP_MESSAGE("mpims.json"),
    DIRECT("dms.json");

    private final String file;

    Kind(String file) {
      this.file = file;
    }

    /// The file that lists the conversations of this kind.
    String file() {
      return file;
    }
  }
}
