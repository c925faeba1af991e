/// Measures the inbox.
@NullMarked
package dev.parley.projection.inbox;

import org.jspecify.annotations.NullMarked;
