package dev.parley.command.topology;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.Filter;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.WriteBufferManager;

/// One bound on RocksDB's memory for all stores of the process: by default each partition's store
/// would take some hundred megabytes of its own.
///
/// Kafka Streams makes an instance per store; cache and buffer manager belong to the process.
public final class SharedRocksMemory implements RocksDBConfigSetter {

  /// Setting that carries the bound, bytes.
  static final String BYTES_MAX = "parley.rocksdb.bytes.max";

  private static final long WRITE_BUFFER_BYTES = 8L << 20;
  private static final int WRITE_BUFFERS = 2;
  private static final double INDEX_SHARE = 0.1;
  private static final int SHARD_BITS_AUTO = -1;
  private static final double FILTER_BITS = 10;

  private static @Nullable Cache cache;
  private static @Nullable WriteBufferManager buffers;

  private final Filter filter = new BloomFilter(FILTER_BITS, false);

  @Override
  public void setConfig(String store, Options options, Map<String, Object> configs) {
    BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
    share(bytesMax(configs), options, table);
    // Most look-ups of a new message ask for what is not there.
    table.setFilterPolicy(filter);
    table.setCacheIndexAndFilterBlocks(true);
    table.setCacheIndexAndFilterBlocksWithHighPriority(true);
    table.setPinTopLevelIndexAndFilter(true);
    options.setWriteBufferSize(WRITE_BUFFER_BYTES);
    options.setMaxWriteBufferNumber(WRITE_BUFFERS);
    options.setTableFormatConfig(table);
  }

  @Override
  public void close(String store, Options options) {
    filter.close();
  }

  /// Half for blocks that were read, half for what is not written yet; the buffers are charged to
  /// the cache, so the cache's size is the bound.
  private static synchronized void share(
      long bytesMax, Options options, BlockBasedTableConfig table) {
    Cache shared = cache;
    WriteBufferManager manager = buffers;
    if (shared == null || manager == null) {
      shared = new LRUCache(bytesMax, SHARD_BITS_AUTO, false, INDEX_SHARE);
      manager = new WriteBufferManager(bytesMax / 2, shared);
      cache = shared;
      buffers = manager;
    }
    table.setBlockCache(shared);
    options.setWriteBufferManager(manager);
  }

  private static long bytesMax(Map<String, Object> configs) {
    Object given = configs.get(BYTES_MAX);
    if (given == null) {
      throw new IllegalArgumentException("Expected " + BYTES_MAX + " in the settings");
    }
    return Long.parseLong(given.toString());
  }
}
