/// What people write, and the seal over it (AES-256-GCM under a content key of the author).
@NullMarked
package dev.parley.schemas.content;

import org.jspecify.annotations.NullMarked;
