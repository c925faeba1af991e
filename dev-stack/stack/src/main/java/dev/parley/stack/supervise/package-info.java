/// Starts the units, notices when one dies, starts it again, stops all in order. Runs detached, as
/// one process.
@NullMarked
package dev.parley.stack.supervise;

import org.jspecify.annotations.NullMarked;
