/// Reads Slack exports, with limits: nothing in an archive is trusted.
@NullMarked
package dev.parley.stack.slack.archive;

import org.jspecify.annotations.NullMarked;
