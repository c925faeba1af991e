/// A person's client: REST and one WebSocket that keeps itself connected, for tests and load.
@NullMarked
package dev.parley.bench.client;

import org.jspecify.annotations.NullMarked;
