/// The decider: pure rules that turn a command into events, or say why not.
///
/// It sees one conversation at a time, through [ConversationView], and has no clock, no random, no
/// I/O and no log: whatever it needs comes in with the command and its record. The same commands in
/// the same order therefore give the same events, byte for byte, on any node and after any crash;
/// answers may run ahead of the transaction only because of that.
///
/// The way of a command: [Writer] asks [Decider], numbers and chains the events of an accepted
/// command, and lets [Evolution] apply them to the state. Who may do what is one table,
/// [Permissions].
@NullMarked
package dev.parley.command.decider;

import org.jspecify.annotations.NullMarked;
