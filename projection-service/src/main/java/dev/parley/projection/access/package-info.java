/// Who may read what: by membership, as the view knows it at that moment.
@NullMarked
package dev.parley.projection.access;

import org.jspecify.annotations.NullMarked;
