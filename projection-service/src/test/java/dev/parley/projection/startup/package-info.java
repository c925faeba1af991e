@NullMarked
package dev.parley.projection.startup;

import org.jspecify.annotations.NullMarked;
