/// What of the engine's official modules is missing on Maven Central and Parley uses: token
/// filters, and `GET /`.
@NullMarked
package dev.parley.stack.elasticsearch.module;

import org.jspecify.annotations.NullMarked;
