/// The search API: a question, the access of who asks it, an answer with its cursor.
@NullMarked
package dev.parley.search.query;

import org.jspecify.annotations.NullMarked;
