/// The command service: the deciding topology and the REST door for commands.
///
/// `decider` holds the rules, `topology` runs them on the log, `door` takes commands over HTTP and
/// answers with their outcome.
@NullMarked
package dev.parley.command;

import org.jspecify.annotations.NullMarked;
