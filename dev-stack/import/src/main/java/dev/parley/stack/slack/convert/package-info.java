/// What Slack's people, conversations and texts become here; the same input always becomes the
/// same.
@NullMarked
package dev.parley.stack.slack.convert;

import org.jspecify.annotations.NullMarked;
