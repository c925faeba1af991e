/// The one list of settings and limits.
@NullMarked
package dev.parley.projection.config;

import org.jspecify.annotations.NullMarked;
