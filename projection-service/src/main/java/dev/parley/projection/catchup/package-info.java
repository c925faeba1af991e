/// The events of a conversation after a seq, of any age.
@NullMarked
package dev.parley.projection.catchup;

import org.jspecify.annotations.NullMarked;
