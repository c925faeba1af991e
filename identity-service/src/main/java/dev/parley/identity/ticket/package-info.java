/// Tickets for WebSockets, which stand for an access token once and for seconds.
@NullMarked
package dev.parley.identity.ticket;

import org.jspecify.annotations.NullMarked;
