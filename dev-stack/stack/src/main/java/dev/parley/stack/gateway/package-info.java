/// The one origin for the browser: routes by path and method, serves the page. Knows nothing of
/// what it passes on.
@NullMarked
package dev.parley.stack.gateway;

import org.jspecify.annotations.NullMarked;
