/// Certificates of a stack on one machine: an authority of its own and one certificate for each
/// program, which is at once the program's name at Kafka.
@NullMarked
package dev.parley.stack.tls;

import org.jspecify.annotations.NullMarked;
