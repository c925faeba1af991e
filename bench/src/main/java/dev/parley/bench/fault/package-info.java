/// Faults of a running stack, carried out and felt: processes that are killed, frozen or restarted,
/// networks that are cut or slow, a Redis that forgets, views without room.
@NullMarked
package dev.parley.bench.fault;

import org.jspecify.annotations.NullMarked;
