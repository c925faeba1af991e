package dev.parley.stack.slack.convert;

import dev.parley.schemas.content.Content;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Turns Slack's markup into Markdown: `<@U1>` into `@name` and a mention, `<url|text>` into a
/// link, entities into characters. Angle brackets that are none of Slack's stay as they are.
public final class SlackText {

  private static final int MENTIONS_MAX = 100;
  private static final Pattern TOKEN =
      Pattern.compile(
          "<(?:@(?<person>[A-Z0-9]+)|#(?<channel>[A-Z0-9]+)|!(?<special>[a-z]+)(?<argument>\\^[^|>]*)?"
              + "|(?<link>(?:https?://|mailto:|tel:)[^|>\\s]+))(?:\\|(?<label>[^>]*))?>");

  private final Directory people;
  private final UnaryOperator<@Nullable String> channelName;
  private final int charsMax;

  /// @param channelName the name of the channel of Slack's id, or null
  /// @param charsMax a longer text becomes several messages
  public SlackText(Directory people, UnaryOperator<@Nullable String> channelName, int charsMax) {
    this.people = people;
    this.channelName = channelName;
    this.charsMax = charsMax;
  }

  /// The text in as many parts as needed; one, unless it is very long. The first carries the
  /// mentions.
  public List<Content> convert(String slack) {
    Set<UUID> mentions = new LinkedHashSet<>();
    Matcher token = TOKEN.matcher(slack);
    StringBuilder text = new StringBuilder(slack.length());
    int end = 0;
    while (token.find()) {
      text.append(unescape(slack.substring(end, token.start())));
      text.append(replacement(token, mentions));
      end = token.end();
    }
    text.append(unescape(slack.substring(end)));
    return parts(
        text.toString().replace("\u0000", ""), mentions.stream().limit(MENTIONS_MAX).toList());
  }

  private String replacement(Matcher token, Set<UUID> mentions) {
    String label = token.group("label") == null ? "" : unescape(token.group("label"));
    if (token.group("person") != null) {
      Directory.Entry person = people.find(token.group("person"));
      if (person != null) {
        mentions.add(person.id());
        return "@" + person.name();
      }
      return "@" + (label.isEmpty() ? token.group("person") : label);
    }
    if (token.group("channel") != null) {
      String name = channelName.apply(token.group("channel"));
      return "#" + (name != null ? name : label.isEmpty() ? token.group("channel") : label);
    }
    if (token.group("special") != null) {
      return special(token.group("special"), label);
    }
    String link = unescape(token.group("link"));
    return label.isEmpty() || label.equals(link) ? link : "[" + label + "](" + link + ")";
  }

  private static String special(String name, String label) {
    return switch (name) {
      case "here", "channel", "everyone", "group" -> "@" + name;
      default -> label.isEmpty() ? "@" + name : label;
    };
  }

  private static String unescape(String text) {
    return text.indexOf('&') < 0
        ? text
        : text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
  }

  /// Cut at a line's end where one is near, never inside a character.
  private List<Content> parts(String text, List<UUID> mentions) {
    List<Content> parts = new ArrayList<>(1);
    int start = 0;
    while (text.length() - start > charsMax) {
      int end = start + charsMax;
      int line = text.lastIndexOf('\n', end - 1);
      if (line > start + charsMax / 2) {
        end = line + 1;
      } else if (Character.isHighSurrogate(text.charAt(end - 1))) {
        end--;
      }
      parts.add(new Content(text.substring(start, end), parts.isEmpty() ? mentions : List.of()));
      start = end;
    }
    parts.add(new Content(text.substring(start), parts.isEmpty() ? mentions : List.of()));
    return parts;
  }
}
