/// Who may find what: for each member of each conversation, intervals of seq. Folded from the
/// events of the log, in their order. Pure.
@NullMarked
package dev.parley.search.access;

import org.jspecify.annotations.NullMarked;
