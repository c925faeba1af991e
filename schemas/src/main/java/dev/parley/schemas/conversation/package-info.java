/// The words for conversations that commands, events and views share.
@NullMarked
package dev.parley.schemas.conversation;

import org.jspecify.annotations.NullMarked;
