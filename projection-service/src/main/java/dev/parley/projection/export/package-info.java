/// All that a person wrote and keeps, as one file for them.
@NullMarked
package dev.parley.projection.export;

import org.jspecify.annotations.NullMarked;
