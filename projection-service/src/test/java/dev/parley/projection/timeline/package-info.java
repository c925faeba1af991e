@NullMarked
package dev.parley.projection.timeline;

import org.jspecify.annotations.NullMarked;
