/// What browsers are told: which other origins may ask, and how answers may be used.
@NullMarked
package dev.parley.origins;

import org.jspecify.annotations.NullMarked;
