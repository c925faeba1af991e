/// The conversations of a person.
@NullMarked
package dev.parley.projection.inbox;

import org.jspecify.annotations.NullMarked;
