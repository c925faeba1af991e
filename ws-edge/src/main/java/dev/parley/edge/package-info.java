/// The edge node: its configuration, how its parts are put together, and how it goes down.
@NullMarked
package dev.parley.edge;

import org.jspecify.annotations.NullMarked;
