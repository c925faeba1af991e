/// What access tokens allow, and how they are handed to a WebSocket.
@NullMarked
package dev.parley.schemas.token;

import org.jspecify.annotations.NullMarked;
