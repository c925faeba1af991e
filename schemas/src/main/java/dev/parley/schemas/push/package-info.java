/// What travels on the channels of Redis.
@NullMarked
package dev.parley.schemas.push;

import org.jspecify.annotations.NullMarked;
