/// Starts a replay in a service and draws its progress.
@NullMarked
package dev.parley.stack.replay;

import org.jspecify.annotations.NullMarked;
