package dev.parley.stack.slack.archive;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads one record of a day file.
final class LineReader {

  private static final Pattern TS = Pattern.compile("(\\d{1,11})(?:\\.(\\d{1,6}))?");

  /// Subtypes of what somebody said; all others tell of joining, renaming and the like.
  private static final Set<String> SAYING =
      Set.of(
          "",
          "bot_message",
          "thread_broadcast",
          "me_message",
          "file_share",
          "reply_broadcast",
          "slackbot_response");

  private LineReader() {}

  static SlackLine read(JsonNode node, Map<String, SlackPerson> people) {
    String subtype = node.path("subtype").asText("");
    if (!node.path("type").asText("message").equals("message")) {
      return new SlackLine.Ignored("no message");
    }
    if (!SAYING.contains(subtype)) {
      return new SlackLine.Ignored(Names.quoted(subtype).replace("\"", ""));
    }
    String ts = node.path("ts").asText("");
    long micros = micros(ts);
    if (micros < 0) {
      return new SlackLine.Ignored("without a time");
    }
    SlackPerson author = author(node, people);
    if (author == null) {
      return new SlackLine.Ignored("without an author");
    }
    String text = text(node);
    if (text.isBlank()) {
      return new SlackLine.Ignored("without a text");
    }
    return new SlackLine.Said(
        ts, micros, author, text, thread(node, micros), node.path("edited").isObject());
  }

  /// Microseconds since 1970, or -1 where it is no time.
  static long micros(String ts) {
    Matcher parts = TS.matcher(ts);
    if (!parts.matches()) {
      return -1;
    }
    String fraction = parts.group(2) == null ? "" : parts.group(2);
    return Long.parseLong(parts.group(1)) * 1_000_000
        + Long.parseLong((fraction + "000000").substring(0, 6));
  }

  private static @Nullable String thread(JsonNode node, long micros) {
    String thread = node.path("thread_ts").asText("");
    long first = micros(thread);
    return first < 0 || first == micros ? null : thread;
  }

  /// Bots and people of other workspaces are not in the list of users, but the message says who
  /// they are.
  private static @Nullable SlackPerson author(JsonNode node, Map<String, SlackPerson> people) {
    String id = Lists.firstOf(node.path("user"), node.path("bot_id"));
    SlackPerson known = people.get(id);
    if (known != null) {
      return known;
    }
    String name =
        Lists.firstOf(
            node.path("user_profile").path("name"),
            node.path("bot_profile").path("name"),
            node.path("username"));
    if (id.isEmpty()) {
      return name.isEmpty() ? null : new SlackPerson("username:" + name, name, name);
    }
    String display =
        Lists.firstOf(
            node.path("user_profile").path("display_name"),
            node.path("user_profile").path("real_name"));
    String shown = name.isEmpty() ? id : name;
    return new SlackPerson(id, shown, display.isEmpty() ? shown : display);
  }

  /// What was said, or where nothing was: what was attached.
  private static String text(JsonNode node) {
    String text = node.path("text").asText("");
    if (!text.isBlank()) {
      return text;
    }
    StringJoiner attached = new StringJoiner("\n");
    for (JsonNode attachment : node.path("attachments")) {
      String said =
          Lists.firstOf(
              attachment.path("text"), attachment.path("fallback"), attachment.path("title"));
      if (!said.isEmpty()) {
        attached.add(said);
      }
    }
    for (JsonNode file : node.path("files")) {
      String name = Lists.firstOf(file.path("title"), file.path("name"));
      if (!name.isEmpty()) {
        attached.add("[file] " + name);
      }
    }
    return attached.toString();
  }
}
