/// The query API over real engines.
@NullMarked
package dev.parley.projection.api;

import org.jspecify.annotations.NullMarked;
