package dev.parley.schemas.command;

/// The node that accepted a command and waits for its outcome.
///
/// @param node its name; empty: nobody waits
/// @param reply whether events, too, must be sent to the node's own channel, since it is not
///   subscribed to the conversation; refusals and repeats always are
public record Origin(String node, boolean reply) {

  public static final Origin NONE = new Origin("", false);
}
