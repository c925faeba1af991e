package dev.parley.rates;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whose address a request counts for.
///
/// `X-Forwarded-For` is read from its end, where the nearest proxy wrote, and as long as who wrote
/// is trusted; what a client put there itself is never reached, unless all before it are trusted.
final class Addresses {

  private static final int IPV6_BYTES = 16;
  private static final int IPV6_NETWORK_BITS = 64;

  private final Networks trustedProxies;
  private final Networks exempt;

  /// @param trustedProxies see [RatesConfig.Rates#trustedProxies]
  /// @param exempt see [RatesConfig.Rates#exempt]
  Addresses(List<String> trustedProxies, List<String> exempt) {
    this.trustedProxies = Networks.of(trustedProxies);
    this.exempt = Networks.of(exempt);
  }

  /// The name of the address' bucket, or null if it has none.
  ///
  /// @param remote the address of the connection
  /// @param forwardedFor the values of `X-Forwarded-For`, in order
  @Nullable String bucket(String remote, List<String> forwardedFor) {
    var client = client(remote, forwardedFor);
    if (client == null || exempt.contains(client)) {
      return null;
    }
    try {
      return client.length == IPV6_BYTES
          ? InetAddress.getByAddress(Networks.masked(client, IPV6_NETWORK_BITS)).getHostAddress()
              + "/"
              + IPV6_NETWORK_BITS
          : InetAddress.getByAddress(client).getHostAddress();
    } catch (UnknownHostException wrongLength) {
      throw new IllegalStateException("Expected 4 or 16 bytes of an address", wrongLength);
    }
  }

  private byte @Nullable [] client(String remote, List<String> forwardedFor) {
    var client = Networks.parse(remote);
    for (var before : hops(forwardedFor).reversed()) {
      if (client == null || !trustedProxies.contains(client)) {
        return client;
      }
      var named = Networks.parse(before);
      if (named == null) {
        return client;
      }
      client = named;
    }
    return client;
  }

  private static List<String> hops(List<String> forwardedFor) {
    var hops = new ArrayList<String>();
    for (var value : forwardedFor) {
      hops.addAll(List.of(value.split(",", -1)));
    }
    return hops;
  }
}
