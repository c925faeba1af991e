/// Processes that cannot outlive their parent, and the small things needed to start one.
@NullMarked
package dev.parley.stack.process;

import org.jspecify.annotations.NullMarked;
