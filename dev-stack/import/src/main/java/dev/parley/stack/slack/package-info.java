/// The import of a Slack export: what the person at the terminal starts, sees and gets told.
@NullMarked
package dev.parley.stack.slack;

import org.jspecify.annotations.NullMarked;
