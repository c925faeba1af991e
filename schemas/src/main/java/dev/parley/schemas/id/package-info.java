/// Identifiers: UUIDv7 made by clients, and ids that two parties derive alike.
@NullMarked
package dev.parley.schemas.id;

import org.jspecify.annotations.NullMarked;
