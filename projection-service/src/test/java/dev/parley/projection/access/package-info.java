@NullMarked
package dev.parley.projection.access;

import org.jspecify.annotations.NullMarked;
