/// The whole path through real sockets, on a running stack.
@NullMarked
package dev.parley.bench.path;

import org.jspecify.annotations.NullMarked;
