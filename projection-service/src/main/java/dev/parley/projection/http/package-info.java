/// Parameters, problems and the guard of internal endpoints.
@NullMarked
package dev.parley.projection.http;

import org.jspecify.annotations.NullMarked;
