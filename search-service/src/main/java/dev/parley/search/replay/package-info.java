/// The next version of the index, built beside the one in service, compared with it, switched to.
@NullMarked
package dev.parley.search.replay;

import org.jspecify.annotations.NullMarked;
