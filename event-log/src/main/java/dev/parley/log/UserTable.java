package dev.parley.log;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.schemas.content.ContentKey;
import dev.parley.schemas.content.KeyLookup;
import dev.parley.schemas.content.Keyring;
import dev.parley.schemas.content.MasterKey;
import dev.parley.schemas.content.WrappedKey;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.topic.Topics;
import dev.parley.schemas.user.UserCodec;
import dev.parley.schemas.user.UserProfile;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Everybody, as `parley.users` tells of them: each node reads the whole topic and follows it.
///
/// Holds the wrapped content key of each person (about 200 bytes a person) and a bounded cache of
/// unwrapped ones.
public final class UserTable implements Keyring, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(UserTable.class);
  private static final Duration POLL_WAIT = Duration.ofMillis(100);
  private static final Duration RESTART_WAIT = Duration.ofSeconds(1);
  private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);
  private static final int OPEN_KEYS_MAX = 20_000;

  private final KafkaConnection kafka;
  private final MasterKey masterKey;
  private final Thread thread;
  private final Map<UUID, UserProfile> users = new ConcurrentHashMap<>();
  private final Map<UUID, CompletableFuture<KeyLookup>> awaited = new ConcurrentHashMap<>();
  private final Cache<WrappedKey, ContentKey> open =
      Caffeine.newBuilder().maximumSize(OPEN_KEYS_MAX).build();
  private final CountDownLatch loaded = new CountDownLatch(1);
  private volatile boolean closing;
  private volatile @Nullable KafkaConsumer<String, byte[]> consumer;

  public UserTable(String bootstrapServers, MasterKey masterKey) {
    this(KafkaConnection.plain(bootstrapServers), masterKey);
  }

  public UserTable(KafkaConnection kafka, MasterKey masterKey) {
    this.kafka = kafka;
    this.masterKey = masterKey;
    this.thread = Thread.ofPlatform().name("users").unstarted(this::run);
  }

  /// Begins to read, on a thread of its own.
  public void start() {
    thread.start();
  }

  /// Waits until everybody known at the start has been read.
  ///
  /// @return whether that was within `wait`
  public boolean awaitLoaded(Duration wait) {
    try {
      return loaded.await(wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// The person, or null where this node has not heard of them.
  public @Nullable UserProfile profile(UUID user) {
    return users.get(user);
  }

  @Override
  public KeyLookup keyOf(UUID user) {
    var profile = users.get(user);
    if (profile == null) {
      return new KeyLookup.Unknown();
    }
    var wrapped = profile.contentKey();
    if (profile.erased() || wrapped == null) {
      return new KeyLookup.Erased();
    }
    return new KeyLookup.Known(open.get(wrapped, key -> masterKey.unwrap(user, key)));
  }

  /// The person's key as soon as it arrives; [KeyLookup.Unknown] if it does not within `wait`.
  /// Never blocks.
  public CompletionStage<KeyLookup> awaitKey(UUID user, Duration wait) {
    var arrival = awaited.computeIfAbsent(user, _ -> new CompletableFuture<>());
    var now = keyOf(user);
    if (!(now instanceof KeyLookup.Unknown)) {
      awaited.remove(user, arrival);
      arrival.complete(now);
    }
    return arrival
        .copy()
        .completeOnTimeout(new KeyLookup.Unknown(), wait.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete((lookup, _) -> {
          if (lookup instanceof KeyLookup.Unknown) {
            awaited.remove(user, arrival);
          }
        });
  }

  @Override
  public void close() {
    closing = true;
    var current = consumer;
    if (current != null) {
      current.wakeup();
    }
    if (!thread.isAlive()) {
      return;
    }
    try {
      thread.join(CLOSE_WAIT);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!closing) {
      try (var current =
          new KafkaConsumer<>(
              properties(), new StringDeserializer(), new ByteArrayDeserializer())) {
        consumer = current;
        follow(current);
      } catch (WakeupException closingNow) {
        LOG.debug("Woken to close");
      } catch (RuntimeException failure) {
        LOG.warn("Reading {} failed, starts again", Topics.USERS, failure);
        pause();
      } finally {
        consumer = null;
      }
    }
  }

  private void follow(KafkaConsumer<String, byte[]> current) {
    var partitions =
        current.partitionsFor(Topics.USERS).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    if (partitions.isEmpty()) {
      throw new KafkaException("Topic " + Topics.USERS + " does not exist yet");
    }
    current.assign(partitions);
    current.seekToBeginning(partitions);
    var ends = current.endOffsets(partitions);
    while (!closing) {
      for (var record : current.poll(POLL_WAIT)) {
        take(record);
      }
      if (loaded.getCount() > 0 && reached(current, partitions, ends)) {
        LOG.info("Read {} people", users.size());
        loaded.countDown();
      }
    }
  }

  private static boolean reached(
      KafkaConsumer<String, byte[]> current,
      List<TopicPartition> partitions,
      Map<TopicPartition, Long> ends) {
    return partitions.stream().allMatch(p -> current.position(p) >= ends.getOrDefault(p, 0L));
  }

  private void take(ConsumerRecord<String, byte[]> record) {
    if (record.value() == null) {
      var gone = Ids.parse(record.key());
      if (gone != null) {
        users.remove(gone);
      }
      return;
    }
    var user = UserCodec.decode(record.value());
    users.merge(user.id(), user, (held, read) -> read.version() >= held.version() ? read : held);
    var arrival = awaited.remove(user.id());
    if (arrival != null) {
      arrival.complete(keyOf(user.id()));
    }
  }

  private void pause() {
    try {
      Thread.sleep(RESTART_WAIT);
    } catch (InterruptedException interrupted) {
      closing = true;
    }
  }

  private Properties properties() {
    var properties = kafka.client();
    properties.put(ConsumerConfig.CLIENT_ID_CONFIG, "users");
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    return properties;
  }
}
