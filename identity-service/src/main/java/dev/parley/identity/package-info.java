/// The service's settings, and what every package of it shares.
@NullMarked
package dev.parley.identity;

import org.jspecify.annotations.NullMarked;
