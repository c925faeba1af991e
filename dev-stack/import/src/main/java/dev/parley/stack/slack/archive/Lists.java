package dev.parley.stack.slack.archive;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads the lists at the top of an export.
final class Lists {

  private Lists() {}

  static Map<String, SlackPerson> people(List<JsonNode> users) {
    Map<String, SlackPerson> people = new LinkedHashMap<>();
    for (JsonNode user : users) {
      String id = user.path("id").asText("");
      if (id.isBlank()) {
        throw new ArchiveRefusedException("Somebody in users.json has no id.");
      }
      people.put(id, person(id, user));
    }
    return people;
  }

  static SlackConversation conversation(SlackConversation.Kind kind, JsonNode node) {
    String id = node.path("id").asText("");
    if (id.isBlank()) {
      throw new ArchiveRefusedException("A conversation in " + kind.file() + " has no id.");
    }
    String name = node.path("name").asText("");
    return new SlackConversation(
        kind,
        id,
        name.isBlank() ? id : name,
        title(kind, name),
        firstOf(node.path("topic").path("value"), node.path("purpose").path("value")),
        node.path("creator").asText(""),
        members(node.path("members")),
        node.path("created").asLong(0) * 1000);
  }

  private static SlackPerson person(String id, JsonNode user) {
    JsonNode profile = user.path("profile");
    String name = user.path("name").asText("");
    return new SlackPerson(
        id,
        name.isBlank() ? id : name,
        firstOf(
            profile.path("display_name"),
            profile.path("real_name"),
            user.path("real_name"),
            user.path("name")));
  }

  /// Slack names a group message after its members (`mpdm-ada--bob-1`), which says nothing here.
  private static String title(SlackConversation.Kind kind, String name) {
    return switch (kind) {
      case CHANNEL, PRIVATE_CHANNEL -> name;
      case GROUP_MESSAGE, DIRECT -> "";
    };
  }

  private static List<String> members(JsonNode node) {
    List<String> members = new ArrayList<>();
    node.forEach(member -> {
      if (member.isTextual() && !member.asText().isBlank()) {
        members.add(member.asText());
      }
    });
    return members;
  }

  static String firstOf(JsonNode... candidates) {
    for (JsonNode candidate : candidates) {
      if (candidate.isTextual() && !candidate.asText().isBlank()) {
        return candidate.asText();
      }
    }
    return "";
  }
}
