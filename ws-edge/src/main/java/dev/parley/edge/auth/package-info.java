/// Who a socket belongs to: what the handshake brought, and the one state machine that every way in
/// goes through.
@NullMarked
package dev.parley.edge.auth;

import org.jspecify.annotations.NullMarked;
