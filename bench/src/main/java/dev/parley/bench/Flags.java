package dev.parley.bench;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The flags of a command line, `--name value` each. Whatever is wrong with one is an
/// [IllegalArgumentException] with a sentence for whoever typed it.
record Flags(Map<String, String> given) {

  private static final String GATEWAY = "http://127.0.0.1:8080";

  /// @param known names, without the dashes
  static Flags read(String[] arguments, Set<String> known) {
    var given = new TreeMap<String, String>();
    for (int i = 0; i < arguments.length; i += 2) {
      var flag = arguments[i].startsWith("--") ? arguments[i].substring(2) : "";
      if (!known.contains(flag)) {
        throw new IllegalArgumentException("There is no flag " + arguments[i]);
      }
      if (i + 1 == arguments.length) {
        throw new IllegalArgumentException(arguments[i] + " needs a value");
      }
      given.put(flag, arguments[i + 1]);
    }
    return new Flags(given);
  }

  boolean has(String flag) {
    return given.containsKey(flag);
  }

  @Nullable String text(String flag) {
    return given.get(flag);
  }

  String text(String flag, String absent) {
    return given.getOrDefault(flag, absent);
  }

  Path path(String flag, Path absent) {
    var path = given.get(flag);
    return path == null ? absent : Path.of(path);
  }

  /// Origin of the gateway.
  URI url() {
    return URI.create(text("url", GATEWAY));
  }

  /// WebSocket addresses; without a flag the one behind the gateway.
  List<URI> edges() {
    var edges = given.get("edges");
    return edges == null
        ? List.of(URI.create(url().toString().replaceFirst("^http", "ws") + "/ws"))
        : Stream.of(edges.split(",")).map(URI::create).toList();
  }

  /// Above 0.
  int count(String flag, int absent) {
    return (int) positive(flag, absent, Integer.MAX_VALUE);
  }

  /// Above 0.
  long number(String flag, long absent) {
    return positive(flag, absent, Long.MAX_VALUE);
  }

  Duration seconds(String flag, int absent) {
    return Duration.ofSeconds(count(flag, absent));
  }

  private long positive(String flag, long absent, long most) {
    var text = given.get(flag);
    try {
      long value = text == null ? absent : Long.parseLong(text);
      if (value > 0 && value <= most) {
        return value;
      }
    } catch (NumberFormatException noNumber) {
      // Told below, together with numbers that are out of range.
    }
    throw new IllegalArgumentException(
        "--%s must be a whole number from 1 to %d, not %s".formatted(flag, most, text));
  }
}
