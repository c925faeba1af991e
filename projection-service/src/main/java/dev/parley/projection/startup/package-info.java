/// The order of starting, the order of stopping, and the health of what runs.
@NullMarked
package dev.parley.projection.startup;

import org.jspecify.annotations.NullMarked;
