package dev.parley.edge.wiring;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.parley.log.PublisherConfig;
import dev.parley.log.RecordPublisher;
import dev.parley.schemas.command.Command;
import dev.parley.schemas.command.CommandCodec;
import dev.parley.schemas.command.CommandEnvelope;
import dev.parley.schemas.content.ContentKey;
import dev.parley.schemas.content.MasterKey;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.conversation.HistoryVisibility;
import dev.parley.schemas.conversation.Role;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.event.ChainedEvent;
import dev.parley.schemas.event.Event;
import dev.parley.schemas.event.EventCodec;
import dev.parley.schemas.event.EventData;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.outcome.Outcome;
import dev.parley.schemas.outcome.OutcomeCodec;
import dev.parley.schemas.outcome.OutcomeEnvelope;
import dev.parley.schemas.push.PushCodec;
import dev.parley.schemas.redis.RedisNames;
import dev.parley.schemas.session.Revocation;
import dev.parley.schemas.session.RevocationCodec;
import dev.parley.schemas.token.Ticket;
import dev.parley.schemas.topic.Topics;
import dev.parley.schemas.user.UserCodec;
import dev.parley.schemas.user.UserProfile;
import dev.parley.schemas.wire.Json;
import dev.parley.stack.test.TestEngines;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.impl.types.ErrorType;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jspecify.annotations.Nullable;

/// The other services, as small as an edge needs them: a decider and delivery on the real topics
/// and the real Redis, projection-service's internal endpoints, identity-service's keys.
public final class World implements AutoCloseable {

  private static final String ISSUER = "parley";
  private static final String AUDIENCE = "parley";
  private static final String KEY_ID = "test";

  /// Of all worlds, since an edge that outlives one keeps the key.
  private static final KeyPair SIGNING = newKeyPair();

  private final MasterKey masterKey =
      MasterKey.ofBase64(System.getProperty(EnginesResource.MASTER_KEY));
  private final Vertx vertx = Vertx.vertx();
  private final Redis redis;
  private final RecordPublisher users =
      new RecordPublisher(PublisherConfig.of(TestEngines.kafka().bootstrapServers(), "world"));
  private final Map<UUID, List<ChainedEvent>> events = new ConcurrentHashMap<>();
  private final Map<UUID, Event> decided = new HashMap<>();
  private final Set<UUID> channels = ConcurrentHashMap.newKeySet();
  private final HttpServer server;
  private final Thread decider;

  /// In the order of the log, however long Redis is away.
  private final ExecutorService delivery =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("test-delivery").factory());

  /// Whether pushes are published; the tails are written in any case.
  public volatile boolean pushing = true;

  /// Whether commands are decided.
  public volatile boolean deciding = true;

  /// Whether the push of an event is lost.
  public volatile BooleanSupplier losing = () -> false;

  /// Whether the views answer.
  public volatile boolean viewsAnswer = true;

  private volatile boolean closing;

  public World() throws IOException {
    this(TestEngines.redis().url());
  }

  public World(String redisUrl) throws IOException {
    redis = Redis.createClient(vertx, redisUrl);
    users.prepare(Topics.USERS, Duration.ofSeconds(30));
    users.prepare(Topics.SESSIONS, Duration.ofSeconds(30));
    server =
        HttpServer.create(
            new InetSocketAddress("127.0.0.1", Integer.getInteger(EnginesResource.PORT)), 0);
    server.createContext("/.well-known/jwks.json", exchange -> answer(exchange, jwks()));
    server.createContext("/internal/inboxes", exchange -> internal(exchange, this::inbox));
    server.createContext("/internal/conversations", exchange -> internal(exchange, this::page));
    server.start();
    decider = Thread.ofPlatform().name("test-decider").start(this::decide);
  }

  /// A person with a content key, known to the edge in a moment.
  public UUID person() {
    var user = Ids.uuid7();
    publish(user);
    return user;
  }

  public void publish(UUID user) {
    publish(profile(user, 1, false, List.of()));
  }

  /// The person is banned from the deployment.
  public void suspend(UUID user) {
    publish(profile(user, 2, true, List.of()));
  }

  /// The person wants nothing of `other`.
  public void block(UUID user, UUID other) {
    publish(profile(user, 2, false, List.of(other)));
  }

  /// The person's content key is gone, and their name.
  public void erase(UUID user) {
    publish(new UserProfile(user, 9, "erased", "", 1, null, true, false));
  }

  /// Tokens are void before they expire.
  public void revoke(Revocation revocation) {
    users
        .publish(
            Topics.SESSIONS, RevocationCodec.key(revocation), RevocationCodec.encode(revocation))
        .toCompletableFuture()
        .join();
  }

  /// A ticket for the token, as identity-service makes it.
  public String ticket(String token) {
    var ticket = Ticket.random();
    send(
        Request.cmd(io.vertx.redis.client.Command.SET)
            .arg(ticket.redisKey())
            .arg(io.vertx.core.buffer.Buffer.buffer(ticket.seal(token)))
            .arg("PX")
            .arg(30_000));
    return ticket.secret();
  }

  private UserProfile profile(UUID user, long version, boolean suspended, List<UUID> blocked) {
    return new UserProfile(
        user,
        version,
        "u" + user,
        "U",
        System.currentTimeMillis(),
        masterKey.wrap(user, ContentKey.random()),
        false,
        false,
        suspended,
        false,
        blocked);
  }

  private void publish(UserProfile profile) {
    users
        .publish(Topics.USERS, profile.id().toString(), UserCodec.encode(profile))
        .toCompletableFuture()
        .join();
  }

  public String token(UUID user) {
    return token(user, Duration.ofMinutes(15), SIGNING);
  }

  public String token(UUID user, Duration lasts) {
    return token(user, lasts, SIGNING);
  }

  /// A token of one session.
  public String token(UUID user, UUID session) {
    return token(user, Duration.ofMinutes(15), SIGNING, "user", session);
  }

  public String foreignToken(UUID user) {
    return token(user, Duration.ofMinutes(15), newKeyPair());
  }

  /// A group with these members, as if made long ago.
  public UUID group(UUID... members) {
    var id = Ids.uuid7();
    for (var member : members) {
      append(id, member, Ids.uuid7(), new EventData.MemberJoined(member, Role.MEMBER), "");
    }
    return id;
  }

  /// A channel that this person made long ago.
  public UUID channel(UUID owner) {
    var id = Ids.uuid7();
    channels.add(id);
    append(
        id,
        owner,
        new EventData.ConversationCreated(
            ConversationKind.CHANNEL, "c", "", HistoryVisibility.FROM_START, false));
    append(id, owner, new EventData.MemberJoined(owner, Role.OWNER));
    return id;
  }

  public String guestToken(UUID guest) {
    return token(guest, Duration.ofMinutes(15), SIGNING, "guest");
  }

  /// Appends an event that no edge asked for.
  public ChainedEvent append(UUID conversation, UUID actor, EventData data) {
    return append(conversation, actor, Ids.uuid7(), data, "");
  }

  public long head(UUID conversation) {
    return events.get(conversation).size();
  }

  /// Until all that was appended is in Redis.
  public void settle() {
    CompletableFuture.runAsync(() -> {}, delivery).join();
  }

  /// Once all that was appended before is in Redis.
  public void flushRedis() {
    delivery.execute(() -> send(Request.cmd(io.vertx.redis.client.Command.FLUSHALL)));
  }

  @Override
  public void close() throws InterruptedException {
    closing = true;
    decider.join(TimeUnit.SECONDS.toMillis(10));
    delivery.shutdown();
    server.stop(0);
    users.close();
    redis.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private void decide() {
    var properties = new Properties();
    properties.put("bootstrap.servers", TestEngines.kafka().bootstrapServers());
    try (var consumer =
        new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer())) {
      var partitions =
          consumer.partitionsFor(Topics.COMMANDS).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToEnd(partitions);
      partitions.forEach(consumer::position);
      while (!closing) {
        if (deciding) {
          for (var record : consumer.poll(Duration.ofMillis(20))) {
            decide(CommandCodec.decode(record.value()));
          }
        } else {
          LockSupport.parkNanos(5_000_000);
        }
      }
    }
  }

  private void decide(CommandEnvelope envelope) {
    var before = decided.get(envelope.commandId());
    if (before != null) {
      outcome(envelope, new Outcome.Repeated(before.seq(), before.ordinal(), before.atMillis()));
      return;
    }
    var data = data(envelope);
    if (data.isEmpty()) {
      outcome(envelope, new Outcome.Rejected(ErrorCode.FORBIDDEN, "Not in this test."));
      return;
    }
    for (var one : data) {
      var reply = envelope.origin().reply() ? envelope.origin().node() : "";
      var chained =
          append(envelope.conversation(), envelope.actor(), envelope.commandId(), one, reply);
      decided.putIfAbsent(envelope.commandId(), chained.event());
    }
  }

  private static List<EventData> data(CommandEnvelope envelope) {
    return switch (envelope.command()) {
      case Command.SendMessage send ->
          List.of(
              new EventData.MessageSent(
                  envelope.commandId(), send.body(), send.replyTo(), send.thread(), false));
      case Command.CreateConversation create -> {
        var all = new ArrayList<EventData>();
        all.add(
            new EventData.ConversationCreated(
                create.kind(), create.title(), create.topic(), create.history(), false));
        all.add(new EventData.MemberJoined(envelope.actor(), Role.OWNER));
        create.members().forEach(m -> all.add(new EventData.MemberJoined(m, Role.MEMBER)));
        yield all;
      }
      case Command.InviteMember(var user, var role) ->
          List.of(new EventData.MemberJoined(user, role));
      case Command.RemoveMember(var user) -> List.of(new EventData.MemberRemoved(user));
      case Command.LeaveConversation() -> List.of(new EventData.MemberLeft(envelope.actor()));
      case Command.JoinConversation _,
          Command.ChangeRole _,
          Command.EditMessage _,
          Command.DeleteMessage _,
          Command.ImportConversation _,
          Command.ImportMessage _,
          Command.ChangeConversation _,
          Command.ArchiveConversation _,
          Command.BanMember _,
          Command.UnbanMember _,
          Command.TransferOwnership _,
          Command.MuteMember _,
          Command.AddReaction _,
          Command.RemoveReaction _,
          Command.PinMessage _,
          Command.UnpinMessage _,
          Command.AddChannel _,
          Command.RemoveChannel _,
          Command.ScheduleMessage _,
          Command.CancelSchedule _,
          Command.EndSchedule _,
          Command.ExpireMessage _ ->
          List.of();
    };
  }

  private synchronized ChainedEvent append(
      UUID conversation, UUID actor, UUID commandId, EventData data, String reply) {
    var all = events.computeIfAbsent(conversation, _ -> new CopyOnWriteArrayList<>());
    var chained =
        EventCodec.chain(
            new Event(
                conversation,
                all.size() + 1,
                all.size() + 1,
                System.currentTimeMillis(),
                actor,
                commandId,
                "e1",
                ByteString.EMPTY,
                "",
                data));
    all.add(chained);
    var pushed = pushing && !losing.getAsBoolean();
    delivery.execute(() -> deliver(chained, reply, pushed));
    return chained;
  }

  private void deliver(ChainedEvent chained, String reply, boolean pushed) {
    var event = chained.event();
    send(
        Request.cmd(io.vertx.redis.client.Command.XADD)
            .arg(RedisNames.tail(event.conversation()))
            .arg(event.seq() + "-0")
            .arg(RedisNames.TAIL_FIELD)
            .arg(io.vertx.core.buffer.Buffer.buffer(chained.record())));
    if (!pushed) {
      return;
    }
    var push = PushCodec.event(chained.record());
    publish(RedisNames.conversation(event.conversation()), push);
    switch (event.data()) {
      case EventData.MemberJoined(var user, _) -> publish(RedisNames.user(user), push);
      case EventData.MemberRemoved(var user) -> publish(RedisNames.user(user), push);
      case EventData.MemberLeft(var user) -> publish(RedisNames.user(user), push);
      case EventData.ConversationCreated _ -> publish(RedisNames.user(event.actor()), push);
      case EventData.MemberRoleChanged _,
          EventData.MessageSent _,
          EventData.MessageEdited _,
          EventData.MessageDeleted _,
          EventData.ConversationChanged _,
          EventData.ConversationArchived _,
          EventData.MemberMuted _,
          EventData.MemberBanned _,
          EventData.MemberUnbanned _,
          EventData.ReactionAdded _,
          EventData.ReactionRemoved _,
          EventData.MessagePinned _,
          EventData.MessageUnpinned _,
          EventData.ChannelAdded _,
          EventData.ChannelRemoved _,
          EventData.MessageScheduled _,
          EventData.ScheduleEnded _ -> {}
    }
    if (!reply.isEmpty()) {
      publish(RedisNames.node(reply), push);
    }
  }

  private void outcome(CommandEnvelope envelope, Outcome outcome) {
    var record =
        OutcomeCodec.encode(
            new OutcomeEnvelope(
                envelope.commandId(),
                envelope.conversation(),
                envelope.actor(),
                envelope.origin().node(),
                envelope.origin().copy(),
                outcome));
    delivery.execute(
        () -> publish(RedisNames.node(envelope.origin().node()), PushCodec.outcome(record)));
  }

  private void publish(String channel, byte[] message) {
    send(
        Request.cmd(io.vertx.redis.client.Command.PUBLISH)
            .arg(channel)
            .arg(io.vertx.core.buffer.Buffer.buffer(message)));
  }

  /// Like the delivery projection, again until Redis has it; what Redis itself refuses it has.
  private void send(Request request) {
    while (!closing) {
      try {
        redis.send(request).toCompletionStage().toCompletableFuture().join();
        return;
      } catch (CompletionException failed) {
        if (failed.getCause() instanceof ErrorType) {
          return;
        }
        LockSupport.parkNanos(10_000_000);
      }
    }
  }

  private String inbox(HttpExchange exchange) {
    check(exchange);
    var json = Json.MAPPER.createObjectNode();
    var inboxes = json.putArray("inboxes");
    for (var id : query(exchange).get("users").split(",", -1)) {
      inbox(UUID.fromString(id), inboxes.addObject().put("user", id).putArray("conversations"));
    }
    return json.toString();
  }

  private void inbox(UUID user, ArrayNode items) {
    events.forEach((id, all) -> {
      var seen = viewed(id);
      var joined = joinedSeq(seen, user);
      if (joined > 0) {
        items
            .addObject()
            .put("conversation", id.toString())
            .put("kind", "group")
            .put("head_seq", seen.size())
            .put("joined_seq", joined);
      }
    });
  }

  private List<ChainedEvent> viewed(UUID id) {
    return List.copyOf(events.getOrDefault(id, List.of()));
  }

  private static long joinedSeq(List<ChainedEvent> all, UUID user) {
    var joined = 0L;
    for (var chained : List.copyOf(all)) {
      switch (chained.event().data()) {
        case EventData.MemberJoined(var who, _) when who.equals(user) ->
            joined = chained.event().seq();
        case EventData.MemberRemoved(var who) when who.equals(user) -> joined = 0;
        case EventData.MemberLeft(var who) when who.equals(user) -> joined = 0;
        case EventData.MemberJoined _,
            EventData.MemberRemoved _,
            EventData.MemberLeft _,
            EventData.ConversationCreated _,
            EventData.MemberRoleChanged _,
            EventData.MessageSent _,
            EventData.MessageEdited _,
            EventData.MessageDeleted _,
            EventData.ConversationChanged _,
            EventData.ConversationArchived _,
            EventData.MemberMuted _,
            EventData.MemberBanned _,
            EventData.MemberUnbanned _,
            EventData.ReactionAdded _,
            EventData.ReactionRemoved _,
            EventData.MessagePinned _,
            EventData.MessageUnpinned _,
            EventData.ChannelAdded _,
            EventData.ChannelRemoved _,
            EventData.MessageScheduled _,
            EventData.ScheduleEnded _ -> {}
      }
    }
    return joined;
  }

  private String page(HttpExchange exchange) {
    check(exchange);
    var path = exchange.getRequestURI().getPath().split("/");
    var id = UUID.fromString(path[3]);
    var query = query(exchange);
    var all = viewed(id);
    if (path[4].equals("access")) {
      return access(id, all, query);
    }
    var json = Json.MAPPER.createObjectNode();
    var records = json.putArray("events");
    all.stream()
        .skip(Long.parseLong(query.get("after")))
        .limit(Long.parseLong(query.get("limit")))
        .forEach(chained -> records.add(Base64.getEncoder().encodeToString(chained.record())));
    return json.put("head", all.size()).toString();
  }

  private String access(UUID id, List<ChainedEvent> all, Map<String, String> query) {
    var user = UUID.fromString(query.get("user"));
    var guest = Boolean.parseBoolean(query.get("guest"));
    var member = !guest && joinedSeq(all, user) > 0;
    return Json.MAPPER
        .createObjectNode()
        .put("readable", !all.isEmpty() && (member || channels.contains(id)))
        .put("member", member)
        .put("head_seq", all.size())
        .toString();
  }

  private static void check(HttpExchange exchange) {
    if (!EnginesResource.SECRET.equals(exchange.getRequestHeaders().getFirst("Parley-Internal"))) {
      throw new IllegalStateException("The internal secret is missing");
    }
  }

  private static Map<String, String> query(HttpExchange exchange) {
    var query = new LinkedHashMap<String, String>();
    for (var pair : exchange.getRequestURI().getQuery().split("&")) {
      query.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
    }
    return query;
  }

  private void internal(HttpExchange exchange, Function<HttpExchange, String> body)
      throws IOException {
    if (!viewsAnswer) {
      exchange.sendResponseHeaders(503, -1);
      exchange.close();
      return;
    }
    String text;
    try {
      text = body.apply(exchange);
    } catch (RuntimeException malformed) {
      exchange.sendResponseHeaders(422, -1);
      exchange.close();
      return;
    }
    answer(exchange, text);
  }

  private static void answer(HttpExchange exchange, String body) throws IOException {
    try (exchange) {
      var bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private String jwks() {
    var key = new EllipticCurveJsonWebKey((ECPublicKey) SIGNING.getPublic());
    key.setKeyId(KEY_ID);
    key.setAlgorithm("ES256");
    key.setUse("sig");
    return "{\"keys\":[" + key.toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY) + "]}";
  }

  private static String token(UUID user, Duration lasts, KeyPair key) {
    return token(user, lasts, key, "user");
  }

  private static String token(UUID user, Duration lasts, KeyPair key, String group) {
    return token(user, lasts, key, group, null);
  }

  private static String token(
      UUID user, Duration lasts, KeyPair key, String group, @Nullable UUID session) {
    var now = System.currentTimeMillis() / 1_000;
    // Once expired, it was issued before.
    var issued = Math.min(now, now + lasts.toSeconds() - 1);
    var claims =
        Jwt.issuer(ISSUER)
            .audience(AUDIENCE)
            .subject(user.toString())
            .groups(group)
            .issuedAt(issued)
            .expiresAt(now + lasts.toSeconds());
    if (session != null) {
      claims.claim("sid", session.toString());
    }
    return claims
        .jws()
        .header("typ", "at+jwt")
        .keyId(KEY_ID)
        .algorithm(SignatureAlgorithm.ES256)
        .sign(key.getPrivate());
  }

  private static KeyPair newKeyPair() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException(missing);
    }
  }
}
