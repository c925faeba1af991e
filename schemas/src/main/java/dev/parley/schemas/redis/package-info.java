/// Names of the keys and channels in Redis.
@NullMarked
package dev.parley.schemas.redis;

import org.jspecify.annotations.NullMarked;
