package dev.parley.stack.plan;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/// What a person chose for a stack.
///
/// @param data everything that the stack keeps lies below
/// @param offset added to every port, so that stacks can run side by side
/// @param only names, or beginnings of names, of the units to start, for one who runs the others in
///   an IDE; empty: all
/// @param lines whether everything is encrypted
public record Options(
    Path data, int offset, int edges, int deciders, Set<String> only, Lines lines) {

  /// How programs of the stack talk to each other, and the browser to the gateway.
  public enum Lines {
    PLAIN,
    TLS
  }

  public Options(Path data, int offset, int edges, int deciders, Set<String> only) {
    this(data, offset, edges, deciders, only, Lines.PLAIN);
  }

  private static final int NODES_MAX = 9;
  private static final int OFFSET_MAX = 40_000;

  public Options {
    expect(edges >= 1 && edges <= NODES_MAX, "--edges takes 1 to 9, but got " + edges);
    expect(deciders >= 1 && deciders <= NODES_MAX, "--deciders takes 1 to 9, but got " + deciders);
    expect(offset >= 0 && offset <= OFFSET_MAX, "--offset takes 0 to 40000, but got " + offset);
    data = data.toAbsolutePath().normalize();
    only = Set.copyOf(only);
  }

  /// `a,b` as a set; nothing as the empty one.
  public static Set<String> names(String list) {
    return Arrays.stream(list.split(",", -1))
        .filter(name -> !name.isBlank())
        .collect(Collectors.toUnmodifiableSet());
  }

  boolean wants(String name) {
    return only.isEmpty() || only.stream().anyMatch(name::startsWith);
  }

  private static void expect(boolean condition, String sentence) {
    if (!condition) {
      throw new IllegalArgumentException(sentence);
    }
  }
}
