/// The launcher of the search engine. It runs on the engine's own class path.
@NullMarked
package dev.parley.stack.elasticsearch;

import org.jspecify.annotations.NullMarked;
