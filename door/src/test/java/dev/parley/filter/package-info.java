@NullMarked
package dev.parley.filter;

import org.jspecify.annotations.NullMarked;
