/// A client of Parley for the JVM.
///
/// [Chat] is the connection, [Rest] the calls beside it. [Frames] makes what is sent, [Push],
/// [ConversationEvent] and [Reply] are what comes. Everything that is told is told on one thread a
/// client, see [ChatListener].
@NullMarked
package dev.parley.client;

import org.jspecify.annotations.NullMarked;
