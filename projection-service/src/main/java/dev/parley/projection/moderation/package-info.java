/// What moderators look at: reports, and messages that were held back.
@NullMarked
package dev.parley.projection.moderation;

import org.jspecify.annotations.NullMarked;
