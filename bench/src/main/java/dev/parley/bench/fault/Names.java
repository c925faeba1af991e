package dev.parley.bench.fault;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Constants as they are typed on the command line: in small letters, several with commas between.
final class Names {

  private Names() {}

  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /// @param flag for whom the sentence of a refusal speaks
  /// @param list names, or `all`
  static <E extends Enum<E>> Set<E> read(String flag, String list, Class<E> type) {
    if (list.equals("all")) {
      return EnumSet.allOf(type);
    }
    var found = EnumSet.noneOf(type);
    for (var name : list.split(",")) {
      found.add(
          Stream.of(type.getEnumConstants())
              .filter(constant -> of(constant).equals(name))
              .findFirst()
              .orElseThrow(() ->
                  new IllegalArgumentException(
                      flag + " knows all, " + all(type) + ", not " + name)));
    }
    return found;
  }

  private static String all(Class<? extends Enum<?>> type) {
    return Stream.of(type.getEnumConstants()).map(Names::of).collect(Collectors.joining(", "));
  }
}
