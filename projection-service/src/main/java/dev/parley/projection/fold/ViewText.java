package dev.parley.projection.fold;

/// Text as Postgres can hold it. It refuses the character NUL, which JSON and protobuf allow: one
/// such message would stop a partition for ever, so it is shown as the replacement character.
public final class ViewText {

  private static final char NUL = '\0';
  private static final char REPLACEMENT = '\uFFFD';

  private ViewText() {}

  public static String of(String text) {
    return text.indexOf(NUL) < 0 ? text : text.replace(NUL, REPLACEMENT);
  }
}
