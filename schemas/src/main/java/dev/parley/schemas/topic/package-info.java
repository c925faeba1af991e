/// The topics of the log and their record headers.
@NullMarked
package dev.parley.schemas.topic;

import org.jspecify.annotations.NullMarked;
