package dev.parley.bench.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.parley.schemas.id.Ids;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The names that a transcript has bound, and the two things done with them: filling what is sent
/// and matching what came. `conformance/README.md` describes the notation.
final class Captures {

  private static final Pattern NAME = Pattern.compile("\\$([a-z][a-z0-9_.]*)([+-]\\d+)?");
  private static final Pattern BRACES = Pattern.compile("\\{([a-z][a-z0-9_.]*)([+-]\\d+)?}");
  private static final Pattern NEW_ID = Pattern.compile("\\$uuid7:([a-z][a-z0-9_.]*)");
  private static final Pattern REPEAT = Pattern.compile("\\$repeat:(.):(\\d+)");

  private final Map<String, JsonNode> values = new LinkedHashMap<>();

  void bind(String name, JsonNode value) {
    values.put(name, value);
  }

  void bind(String name, String value) {
    bind(name, TextNode.valueOf(value));
  }

  // ---- filling ----------------------------------------------------------------------------------

  JsonNode fill(JsonNode template) {
    return switch (template) {
      case ObjectNode object -> {
        var filled = JsonNodeFactory.instance.objectNode();
        object.properties().forEach(e -> filled.set(fillText(e.getKey()), fill(e.getValue())));
        yield filled;
      }
      case ArrayNode array -> {
        var filled = JsonNodeFactory.instance.arrayNode();
        array.forEach(element -> filled.add(fill(element)));
        yield filled;
      }
      case TextNode text -> fillWhole(text.textValue());
      default -> template;
    };
  }

  /// A string in which `{name}` stands for the text of what is bound.
  String fillText(String text) {
    var found = BRACES.matcher(text);
    var filled = new StringBuilder();
    while (found.find()) {
      var value = values.get(found.group(1));
      var put = value == null ? found.group() : moved(value, found.group(2)).asText();
      found.appendReplacement(filled, Matcher.quoteReplacement(put));
    }
    return found.appendTail(filled).toString();
  }

  private JsonNode fillWhole(String text) {
    var newId = NEW_ID.matcher(text);
    if (newId.matches()) {
      bind(newId.group(1), Ids.uuid7().toString());
      return required(newId.group(1));
    }
    var repeat = REPEAT.matcher(text);
    if (repeat.matches()) {
      return TextNode.valueOf(repeat.group(1).repeat(Integer.parseInt(repeat.group(2))));
    }
    var name = NAME.matcher(text);
    return name.matches()
        ? moved(required(name.group(1)), name.group(2))
        : TextNode.valueOf(fillText(text));
  }

  private JsonNode required(String name) {
    var value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("The transcript has not bound " + name);
    }
    return value;
  }

  private static JsonNode moved(JsonNode value, @Nullable String by) {
    return by == null ? value : LongNode.valueOf(value.asLong() + Long.parseLong(by));
  }

  // ---- matching ---------------------------------------------------------------------------------

  /// What does not match, or null. A match may bind names; a mismatch binds none.
  @Nullable String mismatch(JsonNode pattern, JsonNode value) {
    var before = new LinkedHashMap<>(values);
    var found = mismatch("", pattern, value);
    if (found != null) {
      values.clear();
      values.putAll(before);
    }
    return found;
  }

  boolean matches(JsonNode pattern, JsonNode value) {
    return mismatch(pattern, value) == null;
  }

  private @Nullable String mismatch(String path, JsonNode pattern, JsonNode value) {
    return switch (pattern) {
      case ObjectNode object when isOperator(object) -> operator(path, object, value);
      case ObjectNode object -> object(path, object, value);
      case ArrayNode array -> array(path, array, value);
      case TextNode text -> text(path, text.textValue(), value);
      default -> equal(path, pattern, value);
    };
  }

  private static boolean isOperator(ObjectNode object) {
    return object.size() == 1 && object.fieldNames().next().startsWith("$");
  }

  private @Nullable String operator(String path, ObjectNode pattern, JsonNode value) {
    var name = pattern.fieldNames().next();
    var operand = pattern.path(name);
    return switch (name) {
      case "$absent" ->
          value.isMissingNode() || value.isNull() ? null : path + " should be absent: " + value;
      case "$has" -> has(path, operand, value);
      case "$none" -> none(path, operand, value);
      case "$size" ->
          value.size() == operand.asInt()
              ? null
              : path + " should have " + operand + " elements: " + value;
      case "$gte" ->
          value.isNumber() && value.asLong() >= fill(operand).asLong()
              ? null
              : path + " should be at least " + fill(operand) + ", but is " + value;
      case "$one_of" -> oneOf(path, operand, value);
      case "$not" ->
          matches(operand, value) ? path + " should not match " + operand + ": " + value : null;
      default -> throw new IllegalArgumentException("There is no operator " + name);
    };
  }

  private @Nullable String has(String path, JsonNode wanted, JsonNode value) {
    for (var one : wanted) {
      boolean found = false;
      for (var element : value) {
        found = found || matches(one, element);
      }
      if (!found) {
        return path + " should have " + fillKnown(one) + ": " + value;
      }
    }
    return null;
  }

  private @Nullable String none(String path, JsonNode unwanted, JsonNode value) {
    for (var element : value) {
      if (matches(unwanted, element)) {
        return path + " should not have " + element;
      }
    }
    return null;
  }

  private @Nullable String oneOf(String path, JsonNode choices, JsonNode value) {
    for (var choice : choices) {
      if (matches(choice, value)) {
        return null;
      }
    }
    return path + " should be one of " + choices + ", but is " + value;
  }

  private @Nullable String object(String path, ObjectNode pattern, JsonNode value) {
    if (!value.isObject()) {
      return path + " should be an object, but is " + value;
    }
    for (var field : pattern.properties()) {
      var name = fillText(field.getKey());
      var found = mismatch(path + "/" + name, field.getValue(), value.path(name));
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private @Nullable String array(String path, ArrayNode pattern, JsonNode value) {
    if (!value.isArray() || value.size() != pattern.size()) {
      return path + " should be a list of " + pattern.size() + ", but is " + value;
    }
    for (int i = 0; i < pattern.size(); i++) {
      var found = mismatch(path + "/" + i, pattern.get(i), value.get(i));
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private @Nullable String text(String path, String pattern, JsonNode value) {
    if (pattern.startsWith("$_")) {
      return kind(path, pattern, value);
    }
    var name = NAME.matcher(pattern);
    if (!name.matches()) {
      return equal(path, TextNode.valueOf(fillText(pattern)), value);
    }
    var bound = values.get(name.group(1));
    if (bound != null) {
      return equal(path, moved(bound, name.group(2)), value);
    }
    if (value.isMissingNode()) {
      return path + " is missing";
    }
    bind(name.group(1), value);
    return null;
  }

  private static @Nullable String kind(String path, String pattern, JsonNode value) {
    boolean fits =
        switch (pattern) {
          case "$_" -> !value.isMissingNode();
          case "$_:text" -> value.isTextual();
          case "$_:number" -> value.isIntegralNumber();
          case "$_:flag" -> value.isBoolean();
          case "$_:object" -> value.isObject();
          case "$_:list" -> value.isArray();
          case "$_:id" -> value.isTextual() && Ids.parse(value.textValue()) != null;
          case "$_:time" -> value.isTextual() && isTime(value.textValue());
          default -> throw new IllegalArgumentException("There is no kind " + pattern);
        };
    return fits ? null : path + " should be " + pattern + ", but is " + value;
  }

  private static boolean isTime(String text) {
    try {
      Instant.parse(text);
      return true;
    } catch (DateTimeParseException other) {
      return false;
    }
  }

  private static @Nullable String equal(String path, JsonNode wanted, JsonNode value) {
    boolean same =
        wanted.isIntegralNumber() && value.isIntegralNumber()
            ? wanted.longValue() == value.longValue()
            : wanted.equals(value);
    return same ? null : path + " should be " + wanted + ", but is " + value;
  }

  /// For a message: what is bound is shown, the rest as it stands.
  String fillKnown(JsonNode pattern) {
    var shown = pattern.toString();
    for (var name : new ArrayList<>(values.keySet())) {
      shown = shown.replace("\"$" + name + "\"", String.valueOf(values.get(name)));
    }
    return shown;
  }
}
