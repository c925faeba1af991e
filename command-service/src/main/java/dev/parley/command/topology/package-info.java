/// The decider on Kafka Streams: reads `parley.commands`, decides, keeps its state in one RocksDB
/// store per partition, and writes `parley.events` and `parley.rejections`, exactly once.
///
/// The store (and its changelog, which is what survives a machine) is keyed so that no value grows
/// with a conversation. A key is the conversation's 16 bytes, a letter, and what the letter says,
/// ids as 16 bytes:
///
/// | key | value |
/// |---|---|
/// | conversation `c` | head of the conversation |
/// | conversation `p` person | member |
/// | conversation `m` message | message |
/// | conversation `d` command | command that was accepted or found already done, other than a message |
/// | conversation `b` person | ban |
/// | conversation `r` message person emoji | event of the reaction |
/// | conversation `e` message emoji | how many reacted so |
/// | conversation `l` channel | event by which a space lists it |
/// | conversation `s` message | event that scheduled it |
/// | conversation `x` message | event that released it to be sent |
///
/// A command that cannot be decided stops its partition, and only that ([StoppedPartitions]).
@NullMarked
package dev.parley.command.topology;

import org.jspecify.annotations.NullMarked;
