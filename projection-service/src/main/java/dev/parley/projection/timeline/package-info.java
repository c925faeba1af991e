/// The messages of a conversation: pages by seq, one message, its revisions.
@NullMarked
package dev.parley.projection.timeline;

import org.jspecify.annotations.NullMarked;
