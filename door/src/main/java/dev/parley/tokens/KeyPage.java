package dev.parley.tokens;

import com.fasterxml.jackson.core.JacksonException;
import dev.parley.schemas.wire.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where an issuer publishes its keys.
sealed interface KeyPage {

  /// The text of the key set. Blocks.
  String read(PageReader pages) throws IOException;

  /// At an address.
  record At(URI address) implements KeyPage {
    @Override
    public String read(PageReader pages) throws IOException {
      return pages.read(address);
    }
  }

  /// Where the issuer's OpenID configuration says; it must name the same issuer.
  record Discovered(URI configuration, String issuer) implements KeyPage {
    @Override
    public String read(PageReader pages) throws IOException {
      try {
        var found = Json.MAPPER.readTree(pages.read(configuration));
        if (!issuer.equals(found.path("issuer").asText())) {
          throw new IOException("The OpenID configuration is of another issuer");
        }
        var keys = URI.create(found.path("jwks_uri").asText());
        if (configuration.getScheme().equals("https") && !"https".equals(keys.getScheme())) {
          throw new IOException("The OpenID configuration names keys without TLS");
        }
        return pages.read(keys);
      } catch (JacksonException | IllegalArgumentException unreadable) {
        throw new IOException("The OpenID configuration cannot be read");
      }
    }
  }

  /// In a file, for deployments that have no identity-service of Parley's.
  record InFile(Path file) implements KeyPage {
    @Override
    public String read(PageReader pages) throws IOException {
      return Files.readString(file);
    }
  }

  /// @throws IllegalArgumentException if it is neither an address of HTTP nor of a file
  static KeyPage of(String location) {
    var address = URI.create(location);
    return switch (String.valueOf(address.getScheme())) {
      case "http", "https" -> new At(address);
      case "file" -> new InFile(Path.of(address));
      default ->
          throw new IllegalArgumentException(
              "Expected the address of a key set (https:, http: or file:), but found " + location);
    };
  }
}
