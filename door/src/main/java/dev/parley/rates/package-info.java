/// How often one may ask: rates of persons and addresses, the same at every door and on every node.
///
/// A bucket is one key in Redis, [dev.parley.schemas.redis.RedisNames#rate], which holds the moment
/// (microseconds of Redis' clock) at which it is full again, and goes at that moment. Nothing is
/// lost with it but a caller's past.
@NullMarked
package dev.parley.rates;

import org.jspecify.annotations.NullMarked;
