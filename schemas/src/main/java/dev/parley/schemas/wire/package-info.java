/// What clients see: frames, close codes, JSON of commands and events.
@NullMarked
package dev.parley.schemas.wire;

import org.jspecify.annotations.NullMarked;
