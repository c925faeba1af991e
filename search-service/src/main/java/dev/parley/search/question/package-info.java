/// What a caller asks: query text, filters, order. Pure.
@NullMarked
package dev.parley.search.question;

import org.jspecify.annotations.NullMarked;
