package dev.parley.schemas.wire;

/// What a door lets through; over a limit the command is refused and nothing is stored.
///
/// @param frameBytesMax bytes of one frame or REST body
/// @param textCharsMax UTF-16 units of a message's text
/// @param titleCharsMax UTF-16 units of a title or a topic
/// @param membersMax people named in one command
/// @param mentionsMax people mentioned in one message
public record Limits(
    int frameBytesMax, int textCharsMax, int titleCharsMax, int membersMax, int mentionsMax) {

  public static final Limits DEFAULT = new Limits(98_304, 20_000, 250, 1_000, 100);
}
