/// People, as `parley.users` tells of them.
@NullMarked
package dev.parley.schemas.user;

import org.jspecify.annotations.NullMarked;
