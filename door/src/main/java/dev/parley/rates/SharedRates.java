package dev.parley.rates;

import dev.parley.schemas.redis.RedisNames;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/// The rates of persons and addresses, as a door asks for them.
///
/// Metrics, by `scope` (person, address): `parley_rate_limit_open_total`, requests for tokens that
/// passed because Redis was away or slow; `parley_rate_limit_refused_total`, those refused.
@Singleton
public class SharedRates {

  private static final String PERSON = "person";
  private static final String ADDRESS = "address";
  private static final CompletionStage<Taken> EXEMPT =
      CompletableFuture.completedStage(new Taken.Granted(1));

  private final SharedBuckets buckets;
  private final Addresses addresses;
  private final Scope persons;
  private final Scope clients;
  private final int lot;
  private final int personPerSecond;

  /// @param redis `redis://[:password@]host:port[/database]`
  SharedRates(
      RatesConfig config,
      Vertx vertx,
      MeterRegistry meters,
      @ConfigProperty(name = "quarkus.redis.hosts") Optional<String> redis) {
    var rates = config.rates();
    this.buckets =
        new SharedBuckets(vertx, redis.orElse("redis://127.0.0.1:16379"), rates.redisWait());
    this.addresses = new Addresses(rates.trustedProxies(), rates.exempt());
    this.persons =
        new Scope(PERSON, new Rate(rates.personPerSecond(), rates.personBurst()), meters);
    this.clients =
        new Scope(ADDRESS, new Rate(rates.addressPerSecond(), rates.addressBurst()), meters);
    this.lot = rates.lot();
    this.personPerSecond = rates.personPerSecond();
  }

  /// Tokens that an edge takes at once; see [RatesConfig.Rates#lot].
  public int lot() {
    return lot;
  }

  /// For buckets of other rates.
  public SharedBuckets buckets() {
    return buckets;
  }

  /// What a person may do a second.
  public int personPerSecond() {
    return personPerSecond;
  }

  /// Tokens of a person's bucket, as [SharedBuckets#take].
  public CompletionStage<Taken> takeOfPerson(UUID person, int least, int most) {
    return take(persons, person.toString(), least, most);
  }

  /// One token of the bucket of the address that a request came from, if it has one.
  ///
  /// @param remote the address of the connection
  /// @param forwardedFor the values of `X-Forwarded-For`, in order
  public CompletionStage<Taken> takeOfAddress(String remote, List<String> forwardedFor) {
    var address = addressOf(remote, forwardedFor);
    return address == null ? EXEMPT : take(clients, address, 1, 1);
  }

  /// The address that a request counts for, as a bucket is named: one of IPv4, or a network of
  /// IPv6; null if it has no rate.
  ///
  /// @param remote the address of the connection
  /// @param forwardedFor the values of `X-Forwarded-For`, in order
  public @Nullable String addressOf(String remote, List<String> forwardedFor) {
    return addresses.bucket(remote, forwardedFor);
  }

  void start(@Observes @Priority(1) StartupEvent event) {
    buckets.open();
  }

  /// After the doors were closed.
  void stop(@Observes @Priority(10_000) ShutdownEvent event) {
    buckets.close();
  }

  private CompletionStage<Taken> take(Scope scope, String id, int least, int most) {
    return buckets
        .take(RedisNames.rate(scope.name, id), scope.rate, least, most)
        .thenApply(scope::counted);
  }

  /// Whose buckets they are, and what came of them.
  private static final class Scope {
    private final String name;
    private final Rate rate;
    private final Counter open;
    private final Counter refused;

    Scope(String name, Rate rate, MeterRegistry meters) {
      this.name = name;
      this.rate = rate;
      this.open = Counter.builder("parley.rate.limit.open").tag("scope", name).register(meters);
      this.refused =
          Counter.builder("parley.rate.limit.refused").tag("scope", name).register(meters);
    }

    Taken counted(Taken taken) {
      switch (taken) {
        case Taken.Open() -> open.increment();
        case Taken.Refused _ -> refused.increment();
        case Taken.Granted _ -> {}
      }
      return taken;
    }
  }
}
