package dev.parley.schemas.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.id.Ids;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The fields of one object that a client wrote. A field that does not fit ends the reading.
final class Fields {

  /// Leaves the reading from any depth; never seen outside of this package.
  static final class Unfit extends RuntimeException {
    final ErrorCode code;
    final String detail;

    Unfit(ErrorCode code, String detail) {
      super(detail, null, false, false);
      this.code = code;
      this.detail = detail;
    }
  }

  private final JsonNode d;
  final Limits limits;

  Fields(JsonNode d, Limits limits) {
    this.d = d;
    this.limits = limits;
  }

  static Unfit invalid(String detail) {
    return new Unfit(ErrorCode.INVALID, detail);
  }

  boolean has(String field) {
    return !isAbsent(d.path(field));
  }

  UUID id(String field) {
    return toId(d.path(field), field);
  }

  @Nullable UUID optionalId(String field) {
    return has(field) ? id(field) : null;
  }

  /// An id that the client made.
  UUID clientId(String field) {
    var id = id(field);
    if (!Ids.isVersion7(id)) {
      throw invalid("\"" + field + "\" must be a UUIDv7.");
    }
    return id;
  }

  List<UUID> ids(String field, int max) {
    var node = list(field, max, "people");
    var ids = new ArrayList<UUID>(node.size());
    for (var element : node) {
      var id = toId(element, field);
      if (!ids.contains(id)) {
        ids.add(id);
      }
    }
    return ids;
  }

  /// The objects of a list, each to be read by itself.
  List<Fields> objects(String field, int max) {
    var node = list(field, max, "entries");
    var objects = new ArrayList<Fields>(node.size());
    for (var element : node) {
      if (!element.isObject()) {
        throw invalid("\"" + field + "\" must be a list of objects.");
      }
      objects.add(new Fields(element, limits));
    }
    return objects;
  }

  Fields object(String field) {
    var node = d.path(field);
    if (!node.isObject()) {
      throw invalid("\"" + field + "\" must be an object.");
    }
    return new Fields(node, limits);
  }

  /// Names and texts of the product's own.
  Map<String, String> custom(String field) {
    var custom = new TreeMap<String, String>();
    if (!has(field)) {
      return custom;
    }
    var node = d.path(field);
    if (!node.isObject()) {
      throw invalid("\"" + field + "\" must be an object of strings.");
    }
    if (node.size() > limits.customEntriesMax()) {
      throw new Unfit(
          ErrorCode.TOO_LARGE,
          "\"" + field + "\" may have " + limits.customEntriesMax() + " entries at most.");
    }
    var chars = 0;
    for (var entry : node.properties()) {
      if (!entry.getValue().isTextual()) {
        throw invalid("\"" + field + "\" must be an object of strings.");
      }
      var name = checked(entry.getKey(), field);
      var value = checked(entry.getValue().textValue(), field);
      chars += name.length() + value.length();
      custom.put(name, value);
    }
    if (chars > limits.customCharsMax()) {
      throw new Unfit(
          ErrorCode.TOO_LARGE,
          "\"" + field + "\" may have " + limits.customCharsMax() + " characters at most.");
    }
    return custom;
  }

  /// A text that must be there.
  String text(String field, int charsMax) {
    if (!has(field)) {
      throw invalid("\"" + field + "\" is missing.");
    }
    return text(field, charsMax, "");
  }

  String text(String field, int charsMax, String absent) {
    if (!has(field)) {
      return absent;
    }
    var node = d.path(field);
    if (!node.isTextual()) {
      throw invalid("\"" + field + "\" must be a string.");
    }
    var text = node.textValue();
    if (text.length() > charsMax) {
      throw new Unfit(
          ErrorCode.TOO_LARGE, "\"" + field + "\" may have " + charsMax + " characters at most.");
    }
    return checked(text, field);
  }

  boolean flag(String field) {
    var node = d.path(field);
    if (!node.isBoolean()) {
      throw invalid("\"" + field + "\" must be true or false.");
    }
    return node.booleanValue();
  }

  long number(String field, long min, long max) {
    var node = d.path(field);
    if (!node.isIntegralNumber() || !node.canConvertToLong()) {
      throw invalid("\"" + field + "\" must be a whole number.");
    }
    var number = node.longValue();
    if (number < min || number > max) {
      throw invalid("\"" + field + "\" must be from " + min + " to " + max + ".");
    }
    return number;
  }

  long number(String field, long min, long max, long absent) {
    return has(field) ? number(field, min, max) : absent;
  }

  private JsonNode list(String field, int max, String what) {
    var node = d.path(field);
    if (isAbsent(node)) {
      return Json.MAPPER.createArrayNode();
    }
    if (!node.isArray()) {
      throw invalid("\"" + field + "\" must be a list.");
    }
    if (node.size() > max) {
      throw new Unfit(
          ErrorCode.TOO_LARGE, "\"" + field + "\" may name " + max + " " + what + " at most.");
    }
    return node;
  }

  /// A half of a surrogate pair has no UTF-8 form, and Postgres stores no NUL.
  private static String checked(String text, String field) {
    var broken =
        text.indexOf('\0') >= 0
            || text.codePoints()
                .anyMatch(
                    point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    if (broken) {
      throw invalid("\"" + field + "\" holds characters that no text can have.");
    }
    return text;
  }

  private static UUID toId(JsonNode node, String field) {
    var id = node.isTextual() ? Ids.parse(node.textValue()) : null;
    if (id == null) {
      throw invalid("\"" + field + "\" must be a UUID in its lower-case form.");
    }
    return id;
  }

  private static boolean isAbsent(JsonNode node) {
    return node instanceof MissingNode || node.isNull();
  }
}
