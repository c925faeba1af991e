package dev.parley.edge.history;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.edge.hub.Inbox;
import dev.parley.schemas.event.ChainedEvent;
import dev.parley.schemas.event.EventCodec;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.wire.Json;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/// Asks projection-service, within limits of connections, waiting requests and time.
public final class HistoryClient implements Inbox, Reads {

  private static final String SECRET_HEADER = "Parley-Internal";
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;

  private final HttpClient client;
  private final Limits limits;
  private final String address;
  private final String secret;

  /// @param connectionsMax requests at once
  /// @param waitingMax requests that wait for a connection; over it they fail at once
  /// @param timeoutMillis longest wait for an answer
  public record Limits(int connectionsMax, int waitingMax, long timeoutMillis) {}

  /// @param address `http://host:port` of projection-service
  /// @param secret what services show each other
  public HistoryClient(Vertx vertx, String address, String secret, Limits limits) {
    this.limits = limits;
    this.address = address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    this.secret = secret;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions().setMaxWaitQueueSize(limits.waitingMax()),
            new PoolOptions().setHttp1MaxSize(limits.connectionsMax()));
  }

  @Override
  public CompletionStage<List<Item>> of(UUID user) {
    return get("/internal/inbox?user=" + user).map(HistoryClient::items).toCompletionStage();
  }

  /// The events right after `seq` that the views have, `limit` at most.
  public Future<List<ChainedEvent>> after(UUID conversation, long seq, int limit) {
    return get("/internal/conversations/%s/events?after=%d&limit=%d"
            .formatted(conversation, seq, limit))
        .map(HistoryClient::events);
  }

  @Override
  public CompletionStage<Access> access(UUID conversation, UUID user, boolean guest) {
    var who = guest ? "guest=true" : "user=" + user;
    return get("/internal/conversations/%s/access?%s".formatted(conversation, who))
        .map(json ->
            new Access(
                json.path("readable").asBoolean(),
                json.path("head_seq").asLong(),
                json.path("members_count").asLong()))
        .toCompletionStage();
  }

  @Override
  public CompletionStage<Optional<JsonNode>> message(UUID conversation, UUID message, UUID user) {
    return request(
            "/internal/conversations/%s/messages/%s?user=%s".formatted(conversation, message, user))
        .compose(response ->
            switch (response.statusCode()) {
              case OK -> response.body().map(body -> Optional.of(json(body)));
              case NOT_FOUND -> Future.succeededFuture(Optional.<JsonNode>empty());
              default -> Future.failedFuture("projection-service answers " + response.statusCode());
            })
        .toCompletionStage();
  }

  private Future<JsonNode> get(String path) {
    return request(path)
        .compose(response ->
            response.statusCode() == OK
                ? response.body()
                : Future.failedFuture("projection-service answers " + response.statusCode()))
        .map(HistoryClient::json);
  }

  private Future<HttpClientResponse> request(String path) {
    var options =
        new RequestOptions()
            .setMethod(HttpMethod.GET)
            .setAbsoluteURI(address + path)
            .setTimeout(limits.timeoutMillis())
            .putHeader(SECRET_HEADER, secret);
    return client.request(options).compose(HttpClientRequest::send);
  }

  private static JsonNode json(Buffer body) {
    try {
      return Json.MAPPER.readTree(body.getBytes());
    } catch (JacksonException broken) {
      throw new IllegalStateException("projection-service does not answer with JSON", broken);
    } catch (IOException impossible) {
      throw new UncheckedIOException("Reading memory failed", impossible);
    }
  }

  private static List<Item> items(JsonNode inbox) {
    var items = new ArrayList<Item>();
    for (var json : inbox.path("conversations")) {
      items.add(
          new Item(
              Ids.required(json.path("conversation").asText()),
              json.path("head_seq").asLong(),
              json.path("joined_seq").asLong(),
              json));
    }
    return items;
  }

  private static List<ChainedEvent> events(JsonNode page) {
    var events = new ArrayList<ChainedEvent>();
    for (var record : page.path("events")) {
      events.add(EventCodec.decode(Base64.getDecoder().decode(record.asText())));
    }
    return events;
  }
}
