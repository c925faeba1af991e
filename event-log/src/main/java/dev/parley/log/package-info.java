/// The log, as publishers and projections see it. No other module but the decider holds a Kafka
/// client.
///
/// A door publishes commands with [dev.parley.log.CommandPublisher]. A projection implements
/// [dev.parley.log.Projection] and is driven by an [dev.parley.log.EventLoop]: one named thread
/// polls, hands over batches in the order of each partition, and starts from the position that the
/// projection itself has stored.
@NullMarked
package dev.parley.log;

import org.jspecify.annotations.NullMarked;
