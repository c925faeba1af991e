/// The whole path of a message in one thread: the services' own code between models of what lies
/// between them, on a virtual clock, with one seed that decides every interleaving and every fault.
///
/// | real | modelled |
/// |---|---|
/// | `CommandProcessor`, `Writer`, `Decider`, the values of the store | Kafka Streams: transactions, aborts, who owns a partition |
/// | `DeliveryProjection`, `RedisLine`, `Handover` | Redis: tails, channels, its script, losing all of it |
/// | `Fold` | Postgres: rows and positions in one transaction |
/// | `SearchProjection`, `Bulk`, `Positions`, `Erasures` | Elasticsearch: versions, refusals, refreshes, requests that arrive late |
/// | `Hub`, `Resumes`, `Commands`, `Session`, `Outbox` | sockets, the subscription connection, reads of tails and history |
/// | frames, codecs, sealing | clients, by the rules of the protocol |
///
/// A run: conversations are made, then people talk and are erased while everything breaks, then
/// nothing breaks any more and all must come level; then [Verdict] compares what everybody saw, and
/// [IndexVerdict] what the index holds, with the log.
@NullMarked
package dev.parley.simulation;

import org.jspecify.annotations.NullMarked;
