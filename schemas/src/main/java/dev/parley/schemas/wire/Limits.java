package dev.parley.schemas.wire;

import java.time.Duration;

/// What a door lets through; over a limit the command is refused and nothing is stored.
///
/// @param frameBytesMax bytes of one frame or REST body
/// @param textCharsMax UTF-16 units of a message's text
/// @param titleCharsMax UTF-16 units of a title, a topic, an avatar, a reason, or a name or address
///   in an attachment
/// @param membersMax people named in one command
/// @param mentionsMax people mentioned in one message
/// @param reactionBytesMax UTF-8 bytes of the emoji of a reaction
/// @param customEntriesMax entries of the product's own data
/// @param customCharsMax UTF-16 units of their names and values together
/// @param attachmentsMax attachments of one message
/// @param aheadMax how far ahead a message may be scheduled, or expire, and how long a mute or a
///   ban for a time may be
public record Limits(
    int frameBytesMax,
    int textCharsMax,
    int titleCharsMax,
    int membersMax,
    int mentionsMax,
    int reactionBytesMax,
    int customEntriesMax,
    int customCharsMax,
    int attachmentsMax,
    Duration aheadMax) {

  public static final Limits DEFAULT = new Limits(98_304, 20_000, 250, 1_000, 100);

  /// The most usual ones as given, the others by default.
  public Limits(
      int frameBytesMax, int textCharsMax, int titleCharsMax, int membersMax, int mentionsMax) {
    this(
        frameBytesMax,
        textCharsMax,
        titleCharsMax,
        membersMax,
        mentionsMax,
        64,
        32,
        4_096,
        20,
        Duration.ofDays(366));
  }
}
