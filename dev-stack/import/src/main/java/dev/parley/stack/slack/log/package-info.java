/// Commands into the log, and their outcomes out of it.
@NullMarked
package dev.parley.stack.slack.log;

import org.jspecify.annotations.NullMarked;
