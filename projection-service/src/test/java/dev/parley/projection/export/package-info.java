@NullMarked
package dev.parley.projection.export;

import org.jspecify.annotations.NullMarked;
