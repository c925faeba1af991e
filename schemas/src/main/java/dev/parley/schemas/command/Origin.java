package dev.parley.schemas.command;

/// The node that accepted a command and waits for its outcome.
///
/// @param node its name; empty: nobody waits
/// @param reply whether events, too, must be sent to the node's own channel, since it is not
///   subscribed to the conversation; refusals and repeats always are
/// @param copy which copy of the command this is to the node: of several each is decided by itself
///   until one is accepted, and a refusal answers its own alone; 0: not told
public record Origin(String node, boolean reply, long copy) {

  public static final Origin NONE = new Origin("", false, 0);
}
