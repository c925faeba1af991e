@NullMarked
package dev.parley.rates;

import org.jspecify.annotations.NullMarked;
