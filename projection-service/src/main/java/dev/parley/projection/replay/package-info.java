/// Building the next version of the views beside the one in service, comparing, switching,
/// switching back.
@NullMarked
package dev.parley.projection.replay;

import org.jspecify.annotations.NullMarked;
