/// Rules over the whole service.
@NullMarked
package dev.parley.projection;

import org.jspecify.annotations.NullMarked;
