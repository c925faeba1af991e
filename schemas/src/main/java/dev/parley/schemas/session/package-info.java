/// Sessions that ended, as `parley.sessions` tells of them.
@NullMarked
package dev.parley.schemas.session;

import org.jspecify.annotations.NullMarked;
