/// The document of a message, folded from its events. Pure.
@NullMarked
package dev.parley.search.message;

import org.jspecify.annotations.NullMarked;
