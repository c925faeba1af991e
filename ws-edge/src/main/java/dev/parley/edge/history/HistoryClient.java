package dev.parley.edge.history;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.edge.hub.Inbox;
import dev.parley.edge.reach.Reach;
import dev.parley.schemas.event.ChainedEvent;
import dev.parley.schemas.event.EventCodec;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.wire.Json;
import dev.parley.tls.TlsFiles;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.StreamResetException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks projection-service, within limits of connections, waiting requests and time.
///
/// All of it only reads, so a request whose connection ended before the answer (kept alive too
/// long, or its server went down) is sent once more, over another one.
public final class HistoryClient implements Reads {

  /// Conversations whose heads are asked for at once.
  static final int HEADS_MAX = 50;

  private static final String SECRET_HEADER = "Parley-Internal";
  private static final UUID NO_CONVERSATION = new UUID(0, 0);
  private static final long BEYOND_ALL = 1L << 53;
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int FAILED = 500;
  private static final int UNAVAILABLE = 503;

  private static final Logger LOG = LoggerFactory.getLogger(HistoryClient.class);

  private final HttpClient client;
  private final Limits limits;
  private final String address;
  private final String secret;
  private final Reach reach;

  /// @param connectionsMax requests at once
  /// @param waitingMax requests that wait for a connection; over it they fail at once
  /// @param timeoutMillis longest wait for an answer
  public record Limits(int connectionsMax, int waitingMax, long timeoutMillis) {}

  /// @param address `http://host:port` of projection-service
  /// @param secret what services show each other
  /// @param reach told of each answer, and of each that failed to come
  public HistoryClient(Vertx vertx, String address, String secret, Limits limits, Reach reach) {
    this.limits = limits;
    this.reach = reach;
    this.address = address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    this.secret = secret;
    this.client =
        vertx.createHttpClient(
            TlsFiles.ofProcess()
                .on(new HttpClientOptions())
                .setMaxWaitQueueSize(limits.waitingMax())
                .setSsl(address.startsWith("https:")),
            new PoolOptions().setHttp1MaxSize(limits.connectionsMax()));
  }

  /// Of these people, some of whom may be left out; see [GatheredInboxes.Source].
  public CompletionStage<Map<UUID, Inbox.Snapshot>> inboxes(Collection<UUID> users) {
    return get("/internal/inboxes?users=" + joined(users))
        .map(HistoryClient::inboxes)
        .toCompletionStage();
  }

  /// The events right after `seq` that the views have, `limit` at most.
  public Future<List<ChainedEvent>> after(UUID conversation, long seq, int limit) {
    return get("/internal/conversations/%s/events?after=%d&limit=%d"
            .formatted(conversation, seq, limit))
        .map(HistoryClient::events);
  }

  /// Asks for a sign of life.
  public CompletionStage<?> ask() {
    return head(NO_CONVERSATION).toCompletionStage();
  }

  /// How far the views are in a conversation; 0 if they do not know it.
  public Future<Long> head(UUID conversation) {
    return get("/internal/conversations/%s/events?after=%d&limit=1"
            .formatted(conversation, BEYOND_ALL))
        .map(json -> json.path("head").asLong());
  }

  /// How far the views are in these conversations, [#HEADS_MAX] at most; those that they do not
  /// know are left out.
  Future<Map<UUID, Long>> heads(Collection<UUID> conversations) {
    return get("/internal/conversations/heads?ids=" + joined(conversations))
        .map(HistoryClient::heads);
  }

  @Override
  public CompletionStage<Access> access(UUID conversation, UUID user, boolean guest) {
    return get("/internal/conversations/%s/access?user=%s&guest=%s"
            .formatted(conversation, user, guest))
        .map(json ->
            new Access(
                json.path("readable").asBoolean(),
                json.path("member").asBoolean(),
                json.path("head_seq").asLong(),
                json.path("members_count").asLong()))
        .toCompletionStage();
  }

  @Override
  public CompletionStage<Optional<JsonNode>> message(UUID conversation, UUID message, UUID user) {
    return ask("/internal/conversations/%s/messages/%s?user=%s"
            .formatted(conversation, message, user))
        .map(answer ->
            answer.status() == NOT_FOUND
                ? Optional.<JsonNode>empty()
                : Optional.of(json(answer.body())))
        .toCompletionStage();
  }

  private Future<JsonNode> get(String path) {
    return ask(path)
        .map(answer -> {
          if (answer.status() == NOT_FOUND) {
            throw refused(path, answer);
          }
          return json(answer.body());
        });
  }

  private record Answer(int status, Buffer body) {}

  /// An answer, or that there is no such thing.
  private Future<Answer> ask(String path) {
    return send(path)
        .recover(failure -> isLostConnection(failure) ? send(path) : Future.failedFuture(failure))
        .onComplete(this::tell)
        .map(answer -> {
          if (answer.status() != OK && answer.status() != NOT_FOUND) {
            throw refused(path, answer);
          }
          return answer;
        });
  }

  private void tell(AsyncResult<Answer> answer) {
    if (answer.failed()) {
      reach.away(answer.cause().toString());
    } else if (answer.result().status() >= FAILED) {
      reach.away("it answers " + answer.result().status());
    } else {
      reach.reached();
    }
  }

  /// The request, the answer and its body together have the one limit of time.
  private Future<Answer> send(String path) {
    var options =
        new RequestOptions()
            .setMethod(HttpMethod.GET)
            .setAbsoluteURI(address + path)
            .setTimeout(limits.timeoutMillis())
            .putHeader(SECRET_HEADER, secret);
    // The body is asked for where the request is sent, on its event loop: whoever says it later,
    // from
    // another thread, may find that the body has gone by.
    return client
        .request(options)
        .compose(request ->
            request
                .send()
                .compose(
                    answer -> answer.body().map(body -> new Answer(answer.statusCode(), body))));
  }

  /// Not one that could not be made: the service is away, and whoever asked asks again later.
  private static boolean isLostConnection(Throwable failure) {
    return failure instanceof HttpClosedException
        || failure instanceof StreamResetException
        || (failure instanceof IOException && !(failure instanceof ConnectException));
  }

  /// That it is busy or cannot ask its database passes; anything else is a mistake on either side,
  /// and is told to who can mend it.
  private static IllegalStateException refused(String path, Answer answer) {
    if (answer.status() < UNAVAILABLE) {
      LOG.warn("projection-service answers {} to {}: {}", answer.status(), path, answer.body());
    }
    return new IllegalStateException("projection-service answers " + answer.status());
  }

  private static JsonNode json(Buffer body) {
    try {
      var json = Json.MAPPER.readTree(body.getBytes());
      if (json.isMissingNode()) {
        throw new IllegalStateException(
            "projection-service does not answer with JSON, but nothing");
      }
      return json;
    } catch (JacksonException broken) {
      throw new IllegalStateException("projection-service does not answer with JSON", broken);
    } catch (IOException impossible) {
      throw new UncheckedIOException("Reading memory failed", impossible);
    }
  }

  private static String joined(Collection<UUID> ids) {
    return ids.stream().map(UUID::toString).collect(Collectors.joining(","));
  }

  private static Map<UUID, Inbox.Snapshot> inboxes(JsonNode answer) {
    var inboxes = new HashMap<UUID, Inbox.Snapshot>();
    answer
        .path("inboxes")
        .forEach(inbox -> inboxes.put(Ids.required(inbox.path("user").asText()), snapshot(inbox)));
    return inboxes;
  }

  private static Inbox.Snapshot snapshot(JsonNode inbox) {
    var items = new ArrayList<Inbox.Item>();
    for (var json : inbox.path("conversations")) {
      items.add(
          new Inbox.Item(
              Ids.required(json.path("conversation").asText()),
              json.path("head_seq").asLong(),
              json.path("joined_seq").asLong(),
              json));
    }
    return new Inbox.Snapshot(items, inbox.path("truncated").asBoolean());
  }

  private static Map<UUID, Long> heads(JsonNode answer) {
    var heads = new HashMap<UUID, Long>();
    answer
        .path("heads")
        .properties()
        .forEach(head -> heads.put(Ids.required(head.getKey()), head.getValue().asLong()));
    return heads;
  }

  private static List<ChainedEvent> events(JsonNode page) {
    var events = new ArrayList<ChainedEvent>();
    for (var record : page.path("events")) {
      events.add(EventCodec.decode(Base64.getDecoder().decode(record.asText())));
    }
    return events;
  }
}
