package dev.parley.stack.command;

import dev.parley.stack.plan.Options;
import dev.parley.stack.process.Checkout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What was typed after the command: `--name value`, flags, and words.
record Arguments(Map<String, String> values, Set<String> flags, List<String> words) {

  private static final Set<String> WITH_VALUE =
      Set.of("--data", "--offset", "--port-base", "--edges", "--deciders", "--only");
  private static final Set<String> FLAGS = Set.of("-f", "--follow", "--back", "--quiet", "--tls");
  private static final int USUAL_BASE = 8080;

  static Arguments parse(List<String> typed) {
    Map<String, String> values = new HashMap<>();
    Set<String> flags = new HashSet<>();
    List<String> words = new ArrayList<>();
    for (int i = 0; i < typed.size(); i++) {
      String word = typed.get(i);
      int equals = word.indexOf('=');
      if (equals > 0 && WITH_VALUE.contains(word.substring(0, equals))) {
        values.put(word.substring(0, equals), word.substring(equals + 1));
      } else if (WITH_VALUE.contains(word)) {
        if (i + 1 == typed.size()) {
          throw new IllegalArgumentException(word + " needs a value.");
        }
        values.put(word, typed.get(++i));
      } else if (FLAGS.contains(word)) {
        flags.add(word);
      } else if (word.startsWith("-")) {
        throw new IllegalArgumentException("There is no option " + word + "; see ./parley help.");
      } else {
        words.add(word);
      }
    }
    return new Arguments(Map.copyOf(values), Set.copyOf(flags), List.copyOf(words));
  }

  Path data() {
    String given = values.get("--data");
    Path data = given == null ? Checkout.root().resolve(".parley") : Path.of(given);
    return data.toAbsolutePath().normalize();
  }

  Options options() {
    return new Options(
        data(),
        offset(),
        number("--edges", 1),
        number("--deciders", 1),
        Options.names(values.getOrDefault("--only", "")),
        flags.contains("--tls") ? Options.Lines.TLS : Options.Lines.PLAIN);
  }

  private int offset() {
    if (values.containsKey("--port-base")) {
      return number("--port-base", USUAL_BASE) - USUAL_BASE;
    }
    return number("--offset", 0);
  }

  private int number(String name, int usual) {
    String given = values.get(name);
    if (given == null) {
      return usual;
    }
    try {
      return Integer.parseInt(given);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " takes a number, but got " + given + ".", e);
    }
  }
}
