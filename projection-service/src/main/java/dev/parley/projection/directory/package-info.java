/// The channels that anybody may find.
@NullMarked
package dev.parley.projection.directory;

import org.jspecify.annotations.NullMarked;
