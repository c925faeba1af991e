package dev.parley.rates;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A set of IP networks.
final class Networks {

  private final List<Network> all;

  private record Network(byte[] address, int bits) {

    boolean contains(byte[] other) {
      return other.length == address.length
          && Arrays.equals(masked(address, bits), masked(other, bits));
    }
  }

  private Networks(List<Network> all) {
    this.all = all;
  }

  /// @param texts `10.0.0.0/8`, `::1/128` or single addresses
  static Networks of(List<String> texts) {
    return new Networks(
        texts.stream()
            .map(String::strip)
            .filter(text -> !text.isEmpty())
            .map(Networks::network)
            .toList());
  }

  boolean contains(byte[] address) {
    return all.stream().anyMatch(network -> network.contains(address));
  }

  /// The bytes of an address, as a proxy or a connection writes it: with a port or brackets or
  /// without; null if it is none. Names are not looked up.
  static byte @Nullable [] parse(String text) {
    var host = text.strip();
    if (host.startsWith("[")) {
      host = host.substring(1, Math.max(1, host.indexOf(']')));
    } else if (host.indexOf(':') > 0 && host.indexOf(':') == host.lastIndexOf(':')) {
      host = host.substring(0, host.indexOf(':'));
    }
    var bytes = NetUtil.createByteArrayFromIpAddressString(host);
    if (bytes == null) {
      return null;
    }
    try {
      // An IPv4 address that is written as IPv6 is one of IPv4.
      return InetAddress.getByAddress(bytes).getAddress();
    } catch (UnknownHostException wrongLength) {
      return null;
    }
  }

  /// The first bits of it, the others 0.
  static byte[] masked(byte[] address, int bits) {
    var masked = new byte[address.length];
    for (var at = 0; at < address.length; at++) {
      var kept = Math.clamp(bits - at * Byte.SIZE, 0, Byte.SIZE);
      masked[at] = (byte) (address[at] & (0xff << (Byte.SIZE - kept)));
    }
    return masked;
  }

  private static Network network(String text) {
    var slash = text.indexOf('/');
    var address = parse(slash < 0 ? text : text.substring(0, slash));
    if (address == null) {
      throw new IllegalArgumentException("Expected an IP network as 10.0.0.0/8, but got " + text);
    }
    var all = address.length * Byte.SIZE;
    var bits = slash < 0 ? all : bits(text.substring(slash + 1));
    if (bits < 0 || bits > all) {
      throw new IllegalArgumentException("Expected 0 to " + all + " bits, but got " + text);
    }
    return new Network(address, bits);
  }

  private static int bits(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException none) {
      return -1;
    }
  }
}
