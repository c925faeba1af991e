@NullMarked
package dev.parley.search.story;

import org.jspecify.annotations.NullMarked;
