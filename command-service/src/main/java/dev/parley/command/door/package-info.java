/// The REST door for commands: everything under `/api/conversations` that is not a GET.
///
/// [ConversationsResource] knows the routes, [CommandDoor] takes one command from JSON to its
/// outcome past [Guard] (blocks, the content filter) and [LogStore], [QueueDoor] does what
/// moderators decide, [PendingCommands] holds the requests that wait, [OutcomeChannel] hears from
/// Redis what became of them, [Problems] words the errors.
@NullMarked
package dev.parley.command.door;

import org.jspecify.annotations.NullMarked;
