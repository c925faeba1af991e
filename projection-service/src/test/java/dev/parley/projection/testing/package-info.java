/// Histories and engines for the tests of this service.
@NullMarked
package dev.parley.projection.testing;

import org.jspecify.annotations.NullMarked;
