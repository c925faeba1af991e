/// Events: what happened; values of the records of `parley.events`, chained by hash.
@NullMarked
package dev.parley.schemas.event;

import org.jspecify.annotations.NullMarked;
