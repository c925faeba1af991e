/// The four engines: what has to be on disk, the command, and how to see that one is ready.
@NullMarked
package dev.parley.stack.engine;

import org.jspecify.annotations.NullMarked;
