@NullMarked
package dev.parley.projection.conversation;

import org.jspecify.annotations.NullMarked;
