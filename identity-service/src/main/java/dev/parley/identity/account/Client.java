package dev.parley.identity.account;

import dev.parley.rates.SharedRates;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a request tells of who sent it.
///
/// @param label what the client calls itself, cut; may be empty
/// @param address the bucket of its address, or null where it has none
public record Client(String label, @Nullable String address) {

  private static final int LABEL_LENGTH_MAX = 120;
  private static final String FORWARDED_FOR = "X-Forwarded-For";

  public static Client of(HttpServerRequest request, SharedRates rates) {
    String agent = Objects.requireNonNullElse(request.getHeader(HttpHeaders.USER_AGENT), "");
    String remote =
        Objects.requireNonNullElse(request.connection().remoteAddress().hostAddress(), "");
    return new Client(
        label(agent), rates.addressOf(remote, request.headers().getAll(FORWARDED_FOR)));
  }

  /// Printable and short, without half a character at its end.
  static String label(String agent) {
    String plain = agent.replaceAll("[^\\p{Print}]", " ").strip();
    return plain.length() <= LABEL_LENGTH_MAX ? plain : plain.substring(0, LABEL_LENGTH_MAX);
  }
}
