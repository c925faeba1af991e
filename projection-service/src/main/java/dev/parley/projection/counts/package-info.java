/// How much the views in service hold.
@NullMarked
package dev.parley.projection.counts;

import org.jspecify.annotations.NullMarked;
