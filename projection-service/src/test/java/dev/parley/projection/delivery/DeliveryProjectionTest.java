package dev.parley.projection.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.log.Projection;
import dev.parley.log.TransientException;
import dev.parley.log.testkit.InMemoryLog;
import dev.parley.projection.config.ProjectionConfig;
import dev.parley.projection.testing.Await;
import dev.parley.projection.testing.Conversation;
import dev.parley.projection.testing.Person;
import dev.parley.projection.testing.TestLimits;
import dev.parley.schemas.content.Body;
import dev.parley.schemas.content.Content;
import dev.parley.schemas.content.MasterKey;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.conversation.HistoryVisibility;
import dev.parley.schemas.conversation.Role;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.event.EventCodec;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.outcome.Outcome;
import dev.parley.schemas.outcome.OutcomeEnvelope;
import dev.parley.schemas.personal.Personal;
import dev.parley.schemas.personal.PersonalCodec;
import dev.parley.schemas.personal.PersonalEntry;
import dev.parley.schemas.personal.ReportReason;
import dev.parley.schemas.personal.Settlement;
import dev.parley.schemas.push.Push;
import dev.parley.schemas.push.PushCodec;
import dev.parley.schemas.redis.RedisNames;
import dev.parley.schemas.topic.Topics;
import dev.parley.schemas.user.UserProfile;
import dev.parley.stack.engine.RedisEngine;
import dev.parley.stack.process.GuardedProcess;
import dev.parley.stack.process.Ports;
import dev.parley.stack.process.Starter;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Delivery to a real Redis of its own, which is flushed, killed and started again.
@SuppressWarnings("NullAway.Init") // Made before each test.
class DeliveryProjectionTest {

  private static final Duration BOUND = Duration.ofSeconds(20);

  @TempDir Path directory;

  private final Vertx vertx = Vertx.vertx();
  private final InMemoryLog log = new InMemoryLog(1);
  private final Person ann = Person.random();
  private final Person bob = Person.random();
  private final Queue<Heard> heard = new ConcurrentLinkedQueue<>();
  private List<UUID> conversationsOfBob = List.of();
  private RedisEngine engine;
  private GuardedProcess process;
  private Redis redis;
  private RedisConnection ears;
  private DeliveryProjection delivery;

  private record Heard(String channel, Buffer message) {}

  @BeforeEach
  void start() throws Exception {
    engine =
        new RedisEngine(
            Ports.free(),
            Files.createDirectories(directory.resolve("data")),
            directory.resolve("redis.log"));
    process = Starter.startAndWait(engine);
    redis = client();
    delivery = new DeliveryProjection(this::client, limits(), _ -> conversationsOfBob);
  }

  @AfterEach
  void stop() {
    delivery.close();
    redis.close();
    vertx.close();
    process.kill();
  }

  private Redis client() {
    return Redis.createClient(vertx, engine.url());
  }

  private static ProjectionConfig.Delivery limits() {
    return TestLimits.with(Map.of("parley.delivery.answer-wait", "500ms")).delivery();
  }

  private void listen(String... channels) {
    ears = redis.connect().toCompletionStage().toCompletableFuture().join();
    ears.handler(this::hear);
    var subscribe = Request.cmd(Command.SUBSCRIBE);
    List.of(channels).forEach(subscribe::arg);
    ears.send(subscribe).toCompletionStage().toCompletableFuture().join();
  }

  private void hear(Response push) {
    if (push.type() == ResponseType.PUSH && "message".equals(push.get(0).toString())) {
      heard.add(new Heard(push.get(1).toString(), push.get(2).toBuffer()));
    }
  }

  private Response ask(Request request) {
    return redis.send(request).toCompletionStage().toCompletableFuture().join();
  }

  private long tail(Conversation conversation) {
    var length = ask(Request.cmd(Command.XLEN).arg(RedisNames.tail(conversation.id())));
    return Long.parseLong(length.toString());
  }

  private Conversation group() {
    return new Conversation(ann, ConversationKind.GROUP, HistoryVisibility.FROM_START, "A group");
  }

  private void append(Conversation conversation) {
    conversation.events().forEach(log::append);
  }

  private void deliverAll() {
    log.deliver(fromTheStart(), 7);
  }

  /// The test log asks for positions; delivery keeps them with the consumer group.
  private Projection fromTheStart() {
    return new PositionInMemory(delivery);
  }

  @Test
  void anEventIsInTheTailAndOnTheChannelsThatWaitForIt() {
    var group = group();
    group.join(bob, Role.MEMBER);
    group.send(ann, "hello");
    listen(RedisNames.conversation(group.id()), RedisNames.user(bob.id()));
    append(group);

    deliverAll();

    assertThat(tail(group)).isEqualTo(4);
    Await.until("all are heard", BOUND, () -> heard.size() == 5);
    assertThat(onChannel(RedisNames.conversation(group.id()))).containsExactly(1L, 2L, 3L, 4L);
    assertThat(onChannel(RedisNames.user(bob.id()))).containsExactly(3L);
  }

  private List<Long> onChannel(String channel) {
    return heard.stream()
        .filter(h -> h.channel().equals(channel))
        .map(h -> seq(PushCodec.decode(h.message().getBytes())))
        .toList();
  }

  private static long seq(Push push) {
    return push instanceof Push.EventPush(byte[] record)
        ? EventCodec.decode(record).event().seq()
        : -1;
  }

  @Test
  void ofManyMarksTheLastGoesToOnesOwnDevicesAndToTheOthers() {
    var group = group();
    listen(RedisNames.conversation(group.id()), RedisNames.user(bob.id()));
    for (long seq = 1; seq <= 5; seq++) {
      append(new PersonalEntry(group.id(), bob.id(), 1, false, new Personal.Read(seq)));
    }
    append(new PersonalEntry(group.id(), bob.id(), 1, false, new Personal.Pinned(true)));
    append(new PersonalEntry(group.id(), bob.id(), 1, true, new Personal.Delivered(5)));

    log.deliver(fromTheStart(), 100);

    Await.until("all are heard", BOUND, () -> heard.size() == 4);
    assertThat(personal(RedisNames.user(bob.id())))
        .containsExactly(
            new Personal.Read(5), new Personal.Pinned(true), new Personal.Delivered(5));
    assertThat(personal(RedisNames.conversation(group.id()))).containsExactly(new Personal.Read(5));
  }

  @Test
  void whatModeratorsAreToldAndDecideIsPushedToNobody() {
    var group = group();
    listen(
        RedisNames.conversation(group.id()), RedisNames.user(ann.id()), RedisNames.user(bob.id()));
    var message = Ids.uuid7();
    var body = new Body.Plain(new Content("held", List.of()));
    var held = new dev.parley.schemas.command.Command.SendMessage(body, null, null);
    keep(group, new Personal.Reported(message, ReportReason.SPAM, body));
    keep(group, new Personal.ReportSettled(message, Settlement.ACTED));
    keep(group, new Personal.Held(message, held, "why"));
    keep(group, new Personal.HeldSettled(ann.id(), message, true));
    keep(group, new Personal.Pinned(true));

    log.deliver(fromTheStart(), 100);

    Await.until("the last is heard", BOUND, () -> !heard.isEmpty());
    assertThat(personal(RedisNames.user(bob.id()))).containsExactly(new Personal.Pinned(true));
    assertThat(heard).hasSize(1);
  }

  private void keep(Conversation conversation, Personal value) {
    append(new PersonalEntry(conversation.id(), bob.id(), 1, false, value));
  }

  @Test
  void aNewProfileReachesWhoeverSharesAConversation() {
    var group = group();
    conversationsOfBob = List.of(group.id());
    listen(RedisNames.conversation(group.id()), RedisNames.user(bob.id()));
    var profile = bob.profile(MasterKey.ofBase64("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="));
    log.append(profile);
    log.append(changed(profile));

    log.deliver(fromTheStart(), 100);

    Await.until("all are heard", BOUND, () -> heard.size() == 3);
    assertThat(heard.stream().filter(h -> h.channel().equals(RedisNames.conversation(group.id()))))
        .singleElement()
        .extracting(h -> PushCodec.decode(h.message().getBytes()))
        .isInstanceOfSatisfying(
            Push.ProfilePush.class,
            push -> assertThat(push.displayName()).isEqualTo("Bob the second"));
  }

  private static UserProfile changed(UserProfile user) {
    return new UserProfile(
        user.id(),
        user.version() + 1,
        user.name(),
        "Bob the second",
        user.createdAtMillis(),
        user.contentKey(),
        false,
        false);
  }

  private void append(PersonalEntry entry) {
    log.append(Topics.MARKS, PersonalCodec.key(entry), PersonalCodec.encode(entry), 1, null);
  }

  private List<Personal> personal(String channel) {
    return heard.stream()
        .filter(h -> h.channel().equals(channel))
        .map(h -> PushCodec.decode(h.message().getBytes()))
        .map(push -> ((Push.PersonalPush) push).entry().value())
        .toList();
  }

  @Test
  void aRepeatIsRefusedAndNotPublishedAgain() {
    var group = group();
    append(group);
    deliverAll();
    listen(RedisNames.conversation(group.id()));

    deliverAll();
    group.send(ann, "last");
    log.append(group.last());
    deliverAll();

    Await.until("the new one is heard", BOUND, () -> !heard.isEmpty());
    assertThat(onChannel(RedisNames.conversation(group.id()))).containsExactly(3L);
    assertThat(tail(group)).isEqualTo(3);
  }

  @Test
  void anOutcomeAndAnEventOfAnUnsubscribedNodeGoToThatNode() {
    var group = group();
    listen(RedisNames.node("edge-7"));
    var rejected = new Outcome.Rejected(ErrorCode.FORBIDDEN, "No");
    log.append(new OutcomeEnvelope(Ids.uuid7(), group.id(), ann.id(), "edge-7", 0, rejected), 1);
    var created = group.events().getFirst();
    log.append(Topics.EVENTS, group.id().toString(), created.record(), 1, "edge-7");

    deliverAll();

    Await.until("both are heard", BOUND, () -> heard.size() == 2);
    var pushes = heard.stream().map(h -> PushCodec.decode(h.message().getBytes())).toList();
    assertThat(pushes).hasAtLeastOneElementOfType(Push.OutcomePush.class);
    assertThat(pushes).hasAtLeastOneElementOfType(Push.EventPush.class);
  }

  @Test
  void aFlushLosesNothingThatComesAfterIt() {
    var group = group();
    append(group);
    var projection = fromTheStart();
    log.deliver(projection, 7);
    listen(RedisNames.conversation(group.id()));

    ask(Request.cmd(Command.FLUSHALL));
    ask(Request.cmd(Command.SCRIPT).arg("FLUSH"));
    group.send(ann, "after");
    group.send(ann, "the flush");
    log.append(group.events().get(2));
    log.append(group.events().get(3));
    log.deliver(projection, 7);

    Await.until("both are heard", BOUND, () -> heard.size() == 2);
    assertThat(onChannel(RedisNames.conversation(group.id()))).containsExactly(3L, 4L);
    assertThat(tail(group)).isEqualTo(2);
  }

  @Test
  void whileRedisIsAwayTheSameEventsAreTriedAgain() throws Exception {
    var group = group();
    append(group);
    var projection = fromTheStart();
    log.deliver(projection, 7);
    group.send(ann, "while away");
    log.append(group.last());

    process.kill();
    assertThatThrownBy(() -> log.deliver(projection, 7)).isInstanceOf(TransientException.class);
    process = Starter.startAndWait(engine);
    Await.until("it is delivered", BOUND, () -> delivered(projection));

    assertThat(tail(group)).isBetween(1L, 3L);
    assertThat(has(group.id(), 3)).isTrue();
  }

  /// More often than a client has connections.
  @Test
  void howeverOftenAFrozenRedisWasTriedItIsReachedWhenItGoesOn() throws Exception {
    var group = group();
    append(group);
    var projection = fromTheStart();
    log.deliver(projection, 7);
    group.send(ann, "while frozen");
    log.append(group.last());

    signal("STOP");
    for (int i = 0; i < 8; i++) {
      assertThat(delivered(projection)).isFalse();
    }
    signal("CONT");
    Await.until("it is delivered", BOUND, () -> delivered(projection));

    assertThat(has(group.id(), 3)).isTrue();
  }

  private void signal(String name) throws Exception {
    var pid = Long.toString(process.pid());
    new ProcessBuilder("sh", "-c", "kill -s " + name + " " + pid).start().waitFor();
  }

  private boolean delivered(Projection projection) {
    try {
      log.deliver(projection, 7);
      return true;
    } catch (TransientException away) {
      return false;
    }
  }

  private boolean has(UUID conversation, long seq) {
    var id = seq + "-0";
    return ask(Request.cmd(Command.XRANGE).arg(RedisNames.tail(conversation)).arg(id).arg(id))
            .size()
        == 1;
  }

  @Test
  void whatRedisKeepsIsSealed() {
    var group = group();
    group.send(ann, "a secret sentence");
    append(group);

    deliverAll();

    var tail = ask(Request.cmd(Command.XRANGE).arg(RedisNames.tail(group.id())).arg("-").arg("+"));
    assertThat(tail.toString()).doesNotContain("a secret sentence");
  }
}
