/// The broker's launcher. It runs on Kafka's own class path, so it knows nothing of the rest of the
/// project.
@NullMarked
package dev.parley.stack.kafka;

import org.jspecify.annotations.NullMarked;
