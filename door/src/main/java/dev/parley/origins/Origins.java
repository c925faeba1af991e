package dev.parley.origins;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The one allow-list of origins: for CORS, for cookies and for sockets.
@Singleton
public class Origins {

  private final Set<String> allowed;

  @Inject
  Origins(OriginsConfig config) {
    this(config.origins().orElse(List.of()));
  }

  /// @throws IllegalArgumentException if one is no origin; `*` is none
  public Origins(Collection<String> origins) {
    this.allowed = origins.stream().map(Origins::required).collect(Collectors.toUnmodifiableSet());
  }

  /// Whether a page of `origin` may use this deployment.
  ///
  /// @param origin the header `Origin`, as it came
  /// @param host the header `Host` of the same request
  public boolean allows(String origin, @Nullable String host) {
    return listed(origin) || isOwn(origin, host);
  }

  /// Whether `origin` is in the list.
  public boolean listed(String origin) {
    var known = normal(origin);
    return known != null && allowed.contains(known);
  }

  /// Whether the page came from where the request goes. The scheme is not compared: behind a proxy
  /// it is not known here.
  private static boolean isOwn(String origin, @Nullable String host) {
    var known = normal(origin);
    if (known == null || host == null) {
      return false;
    }
    var scheme = known.substring(0, known.indexOf("://"));
    return known.equals(normal(scheme + "://" + host));
  }

  private static String required(String origin) {
    var known = normal(origin.strip());
    if (known == null) {
      throw new IllegalArgumentException(
          "Expected parley.door.origins to name origins as https://chat.example, but found \""
              + origin
              + "\"");
    }
    return known;
  }

  /// In lower case and without the scheme's own port; null: no origin of a web page.
  private static @Nullable String normal(String origin) {
    URI uri;
    try {
      uri = URI.create(origin);
    } catch (IllegalArgumentException unreadable) {
      return null;
    }
    var scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    var defaultPort =
        switch (scheme) {
          case "http" -> 80;
          case "https" -> 443;
          default -> 0;
        };
    if (defaultPort == 0
        || uri.getHost() == null
        || uri.getUserInfo() != null
        || !uri.getRawPath().isEmpty()
        || uri.getRawQuery() != null
        || uri.getRawFragment() != null) {
      return null;
    }
    var port = uri.getPort() == defaultPort ? -1 : uri.getPort();
    var host = uri.getHost().toLowerCase(Locale.ROOT);
    return scheme + "://" + host + (port == -1 ? "" : ":" + port);
  }
}
