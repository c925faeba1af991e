package dev.parley.stack.slack.archive;

/// Names out of an archive, made safe to print: they go to a terminal.
final class Names {

  private static final int LENGTH_MAX = 80;

  private Names() {}

  static String quoted(String name) {
    String shortened = name.length() <= LENGTH_MAX ? name : name.substring(0, LENGTH_MAX) + "...";
    StringBuilder safe = new StringBuilder("\"");
    shortened
        .codePoints()
        .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c)
        .forEach(safe::appendCodePoint);
    return safe.append('"').toString();
  }
}
