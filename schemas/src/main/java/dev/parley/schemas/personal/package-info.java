/// What a member keeps in a conversation: marks, settings, a draft, hidden messages.
@NullMarked
package dev.parley.schemas.personal;

import org.jspecify.annotations.NullMarked;
