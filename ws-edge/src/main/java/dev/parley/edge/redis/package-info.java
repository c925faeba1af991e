/// The one subscription and the tails in Redis.
@NullMarked
package dev.parley.edge.redis;

import org.jspecify.annotations.NullMarked;
