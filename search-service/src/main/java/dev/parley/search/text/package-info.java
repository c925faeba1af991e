/// Text as the index sees it, and highlights as people see them. Pure.
@NullMarked
package dev.parley.search.text;

import org.jspecify.annotations.NullMarked;
