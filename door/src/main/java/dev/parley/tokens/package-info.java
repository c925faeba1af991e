/// Who is asking: access tokens of this deployment and of foreign issuers, checked in memory, by
/// the same code at every door.
@NullMarked
package dev.parley.tokens;

import org.jspecify.annotations.NullMarked;
