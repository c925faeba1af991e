/// One socket's conversation with the node: authentication, heartbeat, rate, frames in, answers
/// out.
@NullMarked
package dev.parley.edge.session;

import org.jspecify.annotations.NullMarked;
