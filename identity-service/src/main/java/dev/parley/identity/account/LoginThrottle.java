package dev.parley.identity.account;

import dev.parley.identity.IdentityConfig;
import dev.parley.identity.Secret;
import dev.parley.rates.LocalBuckets;
import dev.parley.rates.Rate;
import dev.parley.rates.SharedBuckets;
import dev.parley.rates.SharedRates;
import dev.parley.rates.Taken;
import dev.parley.schemas.redis.RedisNames;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/// How often passwords may be tried: by one address at one name, by everybody at one name, and by
/// one address at any name. It asks before anything is looked up or hashed, so that it answers
/// alike for names that somebody has and names that nobody has.
///
/// The narrow bucket is asked first and refuses first: who tries one name from one address empties
/// that, and leaves the owner of the name the wide one. While Redis is away each instance counts
/// for itself.
///
/// Metrics by `scope` (pair, address, account): `parley_login_throttled_total`, attempts refused;
/// `parley_login_local_total`, attempts counted without Redis.
@ApplicationScoped
public class LoginThrottle {

  private final SharedBuckets shared;
  private final LocalBuckets local;
  private final Scope pairs;
  private final Scope addresses;
  private final Scope accounts;

  LoginThrottle(SharedRates rates, IdentityConfig config, MeterRegistry meters) {
    IdentityConfig.Logins settings = config.identity().logins();
    this.shared = rates.buckets();
    this.local = new LocalBuckets(settings.localBucketsMax());
    this.pairs = new Scope("pair", Rate.every(settings.pairEvery(), settings.pairBurst()), meters);
    this.addresses =
        new Scope("address", Rate.every(settings.addressEvery(), settings.addressBurst()), meters);
    this.accounts =
        new Scope("account", Rate.every(settings.accountEvery(), settings.accountBurst()), meters);
  }

  /// An attempt at the password of this name, whoever has it. The item is null where it may go on,
  /// or else milliseconds until the next one may. Continues on the caller's Vert.x context.
  public Uni<Long> attempt(String name, Client client) {
    String address = client.address();
    Uni<Long> ofAddress =
        address == null
            ? Uni.createFrom().nullItem()
            : take(pairs, pair(name, address))
                .chain(wait -> wait != null ? waiting(wait) : take(addresses, address));
    return backToCaller(
        ofAddress.chain(wait -> wait != null ? waiting(wait) : take(accounts, account(name))));
  }

  /// The attempt was right: it takes nothing of what wrong ones may use.
  public void wasRight(String name, Client client) {
    String address = client.address();
    if (address != null) {
      fill(pairs, pair(name, address));
      giveBack(addresses, address);
    }
    giveBack(accounts, account(name));
  }

  /// A registration, which costs as much as an attempt. As [#attempt].
  Uni<Long> registration(Client client) {
    String address = client.address();
    return address == null ? Uni.createFrom().nullItem() : backToCaller(take(addresses, address));
  }

  private Uni<Long> take(Scope scope, String id) {
    String key = scope.key(id);
    return Uni.createFrom()
        .completionStage(() -> shared.take(key, scope.rate, 1, 1))
        .map(taken ->
            taken instanceof Taken.Open ? scope.countedHere(local.take(key, scope.rate)) : taken)
        .map(scope::waitMillis);
  }

  private void giveBack(Scope scope, String id) {
    shared.giveBack(scope.key(id), scope.rate);
    local.giveBack(scope.key(id), scope.rate);
  }

  private void fill(Scope scope, String id) {
    shared.fill(scope.key(id));
    local.fill(scope.key(id));
  }

  /// Hashed: names are of any length here, and who reads Redis need not know who logs in.
  private static String account(String name) {
    return new Secret(name).hash();
  }

  private static String pair(String name, String address) {
    return new Secret(name + "\n" + address).hash();
  }

  private static Uni<Long> waiting(@Nullable Long wait) {
    return Uni.createFrom().item(wait);
  }

  /// Redis answers elsewhere.
  private static <T> Uni<T> backToCaller(Uni<T> asked) {
    Context caller = Vertx.currentContext();
    return caller == null ? asked : asked.emitOn(task -> caller.runOnContext(_ -> task.run()));
  }

  private static final class Scope {
    private final String name;
    private final Rate rate;
    private final Counter throttled;
    private final Counter here;

    Scope(String name, Rate rate, MeterRegistry meters) {
      this.name = name;
      this.rate = rate;
      this.throttled =
          Counter.builder("parley.login.throttled").tag("scope", name).register(meters);
      this.here = Counter.builder("parley.login.local").tag("scope", name).register(meters);
    }

    String key(String id) {
      return RedisNames.rate("login-" + name, id);
    }

    Taken countedHere(Taken taken) {
      here.increment();
      return taken;
    }

    @Nullable Long waitMillis(Taken taken) {
      if (taken instanceof Taken.Refused(var retryAfterMillis)) {
        throttled.increment();
        return retryAfterMillis;
      }
      return null;
    }
  }
}
