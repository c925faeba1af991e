package dev.parley.rates;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;

/// The rates that all doors share; the same at each service, since they take of the same buckets.
@ConfigMapping(prefix = "parley")
public interface RatesConfig {

  Rates rates();

  /// Of a bucket each.
  interface Rates {

    /// Requests and frames a second of one person, over all devices, services and nodes; over it:
    /// status 429 with Retry-After, or error rate_limited.
    @WithDefault("200")
    int personPerSecond();

    /// Requests and frames of one person in one burst.
    @WithDefault("600")
    int personBurst();

    /// Requests without a valid token, and handshakes of sockets, a second of one address; over it:
    /// status 429 with Retry-After. Of IPv6 a network of 64 bits is one address.
    @WithDefault("50")
    int addressPerSecond();

    /// Such requests and handshakes of one address in one burst.
    @WithDefault("1000")
    int addressBurst();

    /// Frames of a person for which an edge fetches tokens at once; what it does not use is lost.
    @WithDefault("20")
    int lot();

    /// Longest wait for Redis; then the request passes, and `parley_rate_limit_open_total` counts
    /// it.
    @WithDefault("50ms")
    Duration redisWait();

    /// Networks whose addresses have no rate, as `10.0.0.0/8` or single addresses, comma separated.
    @WithDefault("127.0.0.0/8,::1/128")
    List<String> exempt();

    /// Networks of the proxies whose `X-Forwarded-For` is believed; of all others the address of
    /// the connection counts.
    @WithDefault("127.0.0.0/8,::1/128")
    List<String> trustedProxies();
  }
}
