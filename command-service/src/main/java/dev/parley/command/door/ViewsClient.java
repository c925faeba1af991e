package dev.parley.command.door;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.command.decider.Permissions;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.conversation.Role;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.wire.Json;
import dev.parley.tls.TlsFiles;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks projection-service on behalf of one person. Blocks its (virtual) thread.
final class ViewsClient {

  /// Larger conversations show marks to nobody but their owner, as on the socket.
  static final long MARKS_MEMBERS_MAX = 200;

  private static final Logger LOG = LoggerFactory.getLogger(ViewsClient.class);
  private static final String SECRET_HEADER = "Parley-Internal";
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;

  private final HttpClient client;
  private final String address;
  private final String secret;
  private final Duration wait;

  /// @param role of the person, who is a member now; null: is none
  /// @param kind of what the person may read; null: may not
  /// @param head the last seq that the person may know of
  record Standing(@Nullable Role role, @Nullable ConversationKind kind, long members, long head) {

    private static final Standing NONE = new Standing(null, null, 0, 0);

    boolean member() {
      return role != null;
    }

    boolean moderates() {
      return role != null && kind != null && Permissions.moderates(role, kind);
    }
  }

  ViewsClient(String address, String secret, Duration wait) {
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(wait)
            .sslContext(TlsFiles.ofProcess().context())
            .build();
    this.address = address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    this.secret = secret;
    this.wait = wait;
  }

  /// Null: the views do not answer, or are behind what the person has seen.
  ///
  /// @param seq that the person says they have seen; 0: none
  @Nullable Standing standing(UUID conversation, UUID user, long seq) {
    @Nullable Optional<JsonNode> access =
        get("/internal/conversations/%s/access?user=%s&seq=%d".formatted(conversation, user, seq));
    return access == null
        ? null
        : access
            .map(json ->
                new Standing(
                    Role.fromWire(json.path("role").asText()),
                    ConversationKind.fromWire(json.path("kind").asText()),
                    json.path("members_count").asLong(),
                    json.path("head_seq").asLong()))
            .orElse(Standing.NONE);
  }

  /// What is known of a message that the filter held back; empty: there is none, or its author was
  /// erased; null: the views do not answer.
  @Nullable Optional<JsonNode> held(UUID conversation, UUID author, UUID message) {
    return get("/internal/conversations/%s/held/%s/%s".formatted(conversation, author, message));
  }

  /// Something, if the message was reported; null: the views do not answer.
  @Nullable Optional<JsonNode> reports(UUID conversation, UUID message) {
    return get("/internal/conversations/%s/reports/%s".formatted(conversation, message));
  }

  static Answer.Refused unavailable() {
    return new Answer.Refused(ErrorCode.UNAVAILABLE, "The views cannot be asked now.");
  }

  static Answer.Refused absent() {
    return new Answer.Refused(
        ErrorCode.NOT_FOUND, "There is no such conversation, or you are not a member of it.");
  }

  /// The message as the person may see it; empty: it is not for them; null: the views do not
  /// answer.
  @Nullable Optional<JsonNode> message(UUID conversation, UUID message, UUID user) {
    return get(
        "/internal/conversations/%s/messages/%s?user=%s".formatted(conversation, message, user));
  }

  private @Nullable Optional<JsonNode> get(String path) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + path))
            .timeout(wait)
            .header(SECRET_HEADER, secret)
            .build();
    try {
      HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      return switch (response.statusCode()) {
        case OK -> Optional.of(Json.MAPPER.readTree(response.body()));
        case NOT_FOUND -> Optional.empty();
        default -> {
          LOG.warn("projection-service answers {} to {}", response.statusCode(), path);
          yield null;
        }
      };
    } catch (IOException away) {
      LOG.warn("projection-service does not answer: {}", away.toString());
      return null;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return null;
    }
  }
}
