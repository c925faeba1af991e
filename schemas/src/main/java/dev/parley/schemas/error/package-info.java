/// The one table of errors.
@NullMarked
package dev.parley.schemas.error;

import org.jspecify.annotations.NullMarked;
