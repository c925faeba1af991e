package dev.parley.identity.password;

import dev.parley.identity.IdentityConfig;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Hashes passwords on few threads of its own with a bounded queue, so that a storm of logins costs
/// neither the machine's processors nor its memory; beyond the queue a caller is refused with
/// [HashingOverloadedException]. Metric `parley_password_hashes_total`: what was hashed.
@ApplicationScoped
public class PasswordHashing {

  private final SecureRandom random = new SecureRandom();
  private final Argon2.Cost cost;
  private final ThreadPoolExecutor pool;
  private final int retryAfterSeconds;
  private final String hashOfNobody;
  private final Counter hashes;

  PasswordHashing(IdentityConfig config, MeterRegistry meters) {
    this.hashes = Counter.builder("parley.password.hashes").register(meters);
    IdentityConfig.Hashing settings = config.identity().hashing();
    this.cost = new Argon2.Cost(settings.memoryKib(), settings.passes(), settings.lanes());
    this.retryAfterSeconds = settings.retryAfterSeconds();
    int threads = threads(settings);
    this.pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(Math.max(1, settings.waitingMax())),
            Thread.ofPlatform().name("password-hashing-", 0).daemon().factory());
    this.hashOfNobody = Argon2.hash("nobody", salt(), cost);
  }

  /// The hash to store. Continues on the caller's Vert.x context.
  public Uni<String> hash(String password) {
    return onPool(() -> Argon2.hash(password, salt(), cost));
  }

  /// Whether the password is the one of this hash. Without a hash (no such person, or one who has
  /// no password) the answer is no and takes the same time. Continues on the caller's Vert.x
  /// context.
  public Uni<Boolean> matches(String password, @Nullable String hash) {
    return onPool(() -> {
      boolean matches = Argon2.matches(password, hash == null ? hashOfNobody : hash);
      return matches && hash != null;
    });
  }

  /// Whether this hash was made at another cost than the one that is set now.
  public boolean isOutdated(String hash) {
    return !Argon2.cost(hash).equals(cost);
  }

  @PreDestroy
  void stop() {
    pool.shutdownNow();
  }

  private <T> Uni<T> onPool(Supplier<T> work) {
    return Uni.createFrom()
        .item(() -> {
          hashes.increment();
          return work.get();
        })
        .runSubscriptionOn(pool)
        .onFailure(RejectedExecutionException.class)
        .transform(e -> new HashingOverloadedException(retryAfterSeconds))
        .emitOn(backToCaller());
  }

  /// A Hibernate session belongs to the Vert.x context of its request.
  private static Executor backToCaller() {
    Context caller = Vertx.currentContext();
    return caller == null ? Runnable::run : task -> caller.runOnContext(x -> task.run());
  }

  private byte[] salt() {
    byte[] salt = new byte[Argon2.SALT_BYTES];
    random.nextBytes(salt);
    return salt;
  }

  private static int threads(IdentityConfig.Hashing settings) {
    int half = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    return settings.threads() > 0 ? settings.threads() : half;
  }
}
