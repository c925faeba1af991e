package dev.parley.tokens;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.security.PublicKey;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An issuer's keys, in memory: fetched at the start, every minute, and when a token names one that
/// is unknown.
///
/// One virtual thread fetches, so there is never more than one fetch at a time; between two there
/// is a rest, which grows with failures. Whoever asks meanwhile waits for the next one, all for the
/// same. Keys that were had stay while the issuer is away.
final class FetchedKeys implements Keys {

  private static final Logger LOG = LoggerFactory.getLogger(FetchedKeys.class);
  private static final int UNKNOWN_MAX = 1_000;
  private static final int DOUBLINGS_MAX = 16;

  private final String name;
  private final KeyPage page;
  private final PageReader pages;
  private final TokensConfig.Keys limits;
  private final Thread thread;
  private final Semaphore bell = new Semaphore(0);
  private final AtomicReference<CompletableFuture<Void>> next =
      new AtomicReference<>(new CompletableFuture<>());
  private final Cache<String, Boolean> unknown;
  private volatile KeySet keys = KeySet.NONE;
  private volatile int failures;
  private volatile long restsUntilNanos = System.nanoTime();
  private volatile boolean closing;

  /// @param name the issuer's, for the log
  FetchedKeys(String name, KeyPage page, PageReader pages, TokensConfig.Keys limits) {
    this.name = name;
    this.page = page;
    this.pages = pages;
    this.limits = limits;
    this.unknown =
        Caffeine.newBuilder()
            .maximumSize(UNKNOWN_MAX)
            .expireAfterWrite(limits.unknownFor())
            .build();
    this.thread = Thread.ofVirtual().name("keys-" + name).unstarted(this::run);
  }

  @Override
  public void start() {
    thread.start();
  }

  @Override
  public @Nullable PublicKey known(@Nullable String id, String algorithm) {
    return keys.find(id, algorithm);
  }

  @Override
  public CompletionStage<Search> fetch(@Nullable String id, String algorithm) {
    if (id != null && unknown.getIfPresent(id) != null) {
      return CompletableFuture.completedStage(new Search.Unknown());
    }
    if (failures > 0 && restsUntilNanos - System.nanoTime() > limits.restAtLeast().toNanos()) {
      return CompletableFuture.completedStage(new Search.Unavailable());
    }
    // What is waited for has not begun yet, so it sees every key that was published by now.
    var fetched = next.get();
    bell.release();
    return fetched.thenApply(_ -> result(id, algorithm));
  }

  @Override
  public void close() {
    closing = true;
    thread.interrupt();
    next.get().complete(null);
  }

  private Search result(@Nullable String id, String algorithm) {
    var key = keys.find(id, algorithm);
    if (key != null) {
      return new Search.Found(key);
    }
    if (failures > 0 || closing) {
      return new Search.Unavailable();
    }
    if (id != null) {
      unknown.put(id, true);
    }
    return new Search.Unknown();
  }

  private void run() {
    try {
      while (!closing) {
        // In this order: who rings after it may be served twice, and nobody is forgotten.
        bell.drainPermits();
        var served = next.getAndSet(new CompletableFuture<>());
        fetchNow();
        served.complete(null);
        rest();
      }
    } catch (InterruptedException ended) {
      LOG.debug("Keys of {} are not fetched any more", name);
    }
  }

  private void fetchNow() {
    try {
      var read = KeySet.read(page.read(pages));
      if (read.size() == 0) {
        throw new IOException("No key for signatures");
      }
      unknown.invalidateAll();
      if (!read.equals(keys)) {
        LOG.info("Keys of {}: {}", name, read.named().keySet());
      }
      keys = read;
      failures = 0;
    } catch (IOException | RuntimeException failure) {
      failures = failures + 1;
      LOG.warn("Keys of {} cannot be fetched: {}", name, failure.getMessage());
    }
  }

  /// Until the next refresh or the first who asks, and no less than the shortest rest.
  private void rest() throws InterruptedException {
    var rest = restNow();
    restsUntilNanos = System.nanoTime() + rest.toNanos();
    TimeUnit.NANOSECONDS.sleep(rest.toNanos());
    if (failures == 0) {
      var left = limits.refreshEvery().minus(rest);
      boolean asked = bell.tryAcquire(Math.max(0, left.toMillis()), TimeUnit.MILLISECONDS);
      LOG.trace("Keys of {} are fetched, asked: {}", name, asked);
    }
  }

  private Duration restNow() {
    var least = limits.restAtLeast();
    if (failures == 0) {
      return least;
    }
    var grown = least.dividedBy(4).multipliedBy(1L << Math.min(failures - 1, DOUBLINGS_MAX));
    return grown.compareTo(limits.restAtMost()) < 0 ? grown : limits.restAtMost();
  }
}
