package dev.parley.edge.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.edge.auth.Credential;
import dev.parley.edge.auth.Credentials;
import dev.parley.edge.auth.Handshake;
import dev.parley.edge.command.Commands;
import dev.parley.edge.command.Gate;
import dev.parley.edge.history.Reads;
import dev.parley.edge.hub.Hub;
import dev.parley.edge.hub.HubLimits;
import dev.parley.edge.outbox.Frame;
import dev.parley.edge.presence.Presence;
import dev.parley.edge.presence.PresenceLimits;
import dev.parley.edge.rate.Purses;
import dev.parley.edge.testkit.FakeLeases;
import dev.parley.edge.testkit.FakeLog;
import dev.parley.edge.testkit.VirtualLoop;
import dev.parley.filter.Judgement;
import dev.parley.rates.Taken;
import dev.parley.schemas.command.Command;
import dev.parley.schemas.command.CommandEnvelope;
import dev.parley.schemas.content.ContentKey;
import dev.parley.schemas.content.ContentReader;
import dev.parley.schemas.content.KeyLookup;
import dev.parley.schemas.content.Keyring;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.personal.PersonalEntry;
import dev.parley.schemas.push.Push;
import dev.parley.schemas.token.Scope;
import dev.parley.schemas.token.Ticket;
import dev.parley.schemas.wire.CloseCode;
import dev.parley.schemas.wire.CommandSealer;
import dev.parley.schemas.wire.Json;
import dev.parley.schemas.wire.Limits;
import dev.parley.tokens.Caller;
import dev.parley.tokens.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// A session with a virtual clock, and all that it needs around it.
abstract class OneSession {

  static final long TOKEN_MILLIS = 900_000;
  static final UUID GUEST = Ids.uuid7();

  final VirtualLoop loop = new VirtualLoop();
  final FakeLog log = new FakeLog(loop);
  final UUID ada = Ids.uuid7();
  final Map<String, CompletableFuture<Verdict>> checks = new HashMap<>();
  final CompletableFuture<Verdict> slowCheck = new CompletableFuture<>();
  final Map<UUID, KeyLookup> keys = new HashMap<>();
  final CompletableFuture<KeyLookup> keyArrival = new CompletableFuture<>();
  final List<CommandEnvelope> published = new ArrayList<>();
  final Keyring keyring = user -> keys.getOrDefault(user, new KeyLookup.Unknown());
  final List<PersonalEntry> kept = new ArrayList<>();
  final List<Push.TypingPush> typed = new ArrayList<>();
  final List<String> checked = new ArrayList<>();
  final Map<String, String> redeemed = new HashMap<>();
  final Set<UUID> blocking = new HashSet<>();
  final List<String> judged = new ArrayList<>();
  Judgement judgement = new Judgement.Pass();
  @Nullable CompletableFuture<Judgement> slowJudgement;
  boolean readable;
  boolean member;
  final Commands commands = commands();
  Taken tokens = new Taken.Granted(1_000_000);
  final Admissions admissions =
      new Admissions(
          2, new Purses((_, _, _) -> CompletableFuture.completedStage(tokens), 1, loop::nowMillis));
  final RecordingLink link = new RecordingLink();
  final Session session = new Session(link, loop, node());

  Session another() {
    var other = new Session(new RecordingLink(), loop, node());
    other.opened(shown("good"));
    loop.settle();
    return other;
  }

  void open(@Nullable String token) {
    checks.put("slow", slowCheck);
    session.opened(shown(token));
  }

  static Handshake.Taken shown(@Nullable String token) {
    return new Handshake.Taken(
        token == null ? null : new Credential.AccessToken(token), null, true);
  }

  void auth(String token) {
    say("{\"id\":1,\"t\":\"auth\",\"d\":{\"token\":\"%s\"}}".formatted(token));
    loop.settle();
  }

  void say(String text) {
    session.received(text.getBytes(StandardCharsets.UTF_8));
  }

  void resumed() {
    open(null);
    auth("good");
    say("{\"id\":99,\"t\":\"resume\",\"d\":{}}");
    loop.advance(1_000);
    assertThat(link.all("live")).hasSize(1);
  }

  static String personal(int id, String type, UUID conversation, String fields) {
    return "{\"id\":%d,\"t\":\"%s\",\"d\":{\"conversation\":\"%s\",%s}}"
        .formatted(id, type, conversation, fields);
  }

  List<Long> answers() {
    return link.frames.stream()
        .filter(frame -> frame.has("ok"))
        .map(frame -> frame.path("id").asLong())
        .toList();
  }

  /// Nothing but what people write.
  CompletableFuture<Judgement> judge(Command command, UUID conversation, UUID id, UUID actor) {
    if (!(command instanceof Command.SendMessage)) {
      return CompletableFuture.completedFuture(new Judgement.Pass());
    }
    judged.add(id.toString());
    var slow = slowJudgement;
    slowJudgement = null;
    return slow == null ? CompletableFuture.completedFuture(judgement) : slow;
  }

  CompletableFuture<Void> keep(PersonalEntry entry) {
    kept.add(entry);
    return CompletableFuture.completedFuture(null);
  }

  final class FakeReads implements Reads {
    @Override
    public CompletableFuture<Access> access(UUID conversation, UUID user, boolean guest) {
      return CompletableFuture.completedFuture(new Access(readable, member, 2, 1));
    }

    @Override
    public CompletableFuture<Optional<JsonNode>> message(
        UUID conversation, UUID message, UUID user) {
      return CompletableFuture.completedFuture(
          readable
              ? Optional.of(
                  Json.MAPPER
                      .createObjectNode()
                      .put("author", Ids.uuid7().toString())
                      .put("text", "once"))
              : Optional.empty());
    }
  }

  void giveKey() {
    keys.put(ada, new KeyLookup.Known(ContentKey.random()));
  }

  String send(UUID id) {
    return "{\"id\":7,\"t\":\"send\",\"d\":{\"conversation\":\"%s\",\"message_id\":\"%s\",\"text\":\"hi\"}}"
        .formatted(Ids.selfConversation(ada), id);
  }

  Verdict valid(UUID user) {
    return valid(user, null);
  }

  Verdict valid(UUID user, @Nullable UUID ofSession) {
    return new Verdict.Valid(caller(user, ofSession, false, false, null));
  }

  Caller caller(
      UUID user,
      @Nullable UUID ofSession,
      boolean guest,
      boolean admin,
      @Nullable Set<Scope> scopes) {
    return new Caller(
        user,
        ofSession,
        guest,
        admin,
        scopes,
        loop.nowMillis(),
        loop.nowMillis() + TOKEN_MILLIS,
        "parley");
  }

  CompletableFuture<Verdict> check(String token) {
    checked.add(token);
    return switch (token) {
      case "good" -> CompletableFuture.completedFuture(valid(ada));
      case "guest" ->
          CompletableFuture.completedFuture(
              new Verdict.Valid(caller(GUEST, null, true, false, null)));
      case "bad" ->
          CompletableFuture.completedFuture(new Verdict.Refused(Verdict.Reason.SIGNATURE));
      case "unknown" -> CompletableFuture.completedFuture(new Verdict.Unavailable());
      default -> Objects.requireNonNull(checks.get(token));
    };
  }

  CompletableFuture<Optional<String>> redeem(Ticket ticket) {
    return redeemed.remove(ticket.secret()) == null
        ? CompletableFuture.completedFuture(Optional.empty())
        : CompletableFuture.completedFuture(Optional.of("good"));
  }

  Commands commands() {
    return new Commands(
        new Commands.Route(
            "n",
            new CommandSealer(keyring),
            (_, _) -> keyArrival,
            envelope -> {
              published.add(envelope);
              return CompletableFuture.completedFuture(null);
            },
            Runnable::run,
            _ -> false),
        new Commands.Limits(100, 10_000, Duration.ofSeconds(3)),
        loop);
  }

  Presence presence(Hub hub) {
    return new Presence(
        loop,
        new FakeLeases(),
        new FakeLeases(),
        hub::listens,
        new PresenceLimits(3, 1, 5_000, 100));
  }

  Session.Node node() {
    var hub =
        new Hub(
            new Hub.Surroundings(
                "e1", loop, log, log, log, new ContentReader(keyring), 1_000, _ -> {}),
            new HubLimits(500, 16, 8, 2, 100, 10_000, 2_000, 500, 3, 30_000, 4, 30_000, 20, 2_000));
    return new Session.Node(
        "n",
        "e1",
        new Credentials(this::check, this::redeem),
        commands,
        new Gate(
            (direct, actor) ->
                blocking.stream()
                    .anyMatch(one -> Ids.directConversation(one, actor).equals(direct)),
            this::judge,
            new FakeReads(),
            this::keep),
        hub,
        admissions,
        new SideFrames.Side(hub, this::keep, typed::add, new FakeReads(), presence(hub)),
        new SessionLimits(
            Limits.DEFAULT,
            5_000,
            3,
            5,
            25_000,
            35_000,
            60_000,
            10,
            10,
            10,
            3,
            100,
            500,
            300,
            8,
            200,
            2_000));
  }

  static final class RecordingLink implements Link {
    final List<JsonNode> frames = new ArrayList<>();
    @Nullable CloseCode closed;
    int readOns;
    int pings;
    boolean takes = true;

    JsonNode last() {
      return frames.getLast();
    }

    List<JsonNode> all(String type) {
      return frames.stream().filter(f -> f.path("t").asText().equals(type)).toList();
    }

    List<String> errors() {
      return frames.stream()
          .filter(f -> f.has("err"))
          .map(f -> f.path("err").path("code").asText())
          .toList();
    }

    @Override
    public boolean offer(Frame frame) {
      if (!takes) {
        return false;
      }
      try {
        frames.add(Json.MAPPER.readTree(frame.bytes()));
      } catch (IOException broken) {
        throw new UncheckedIOException(broken);
      }
      return true;
    }

    @Override
    public boolean hasRoom() {
      return true;
    }

    @Override
    public void whenRoom(Runnable task) {
      task.run();
    }

    @Override
    public void close(CloseCode code) {
      if (closed == null) {
        closed = code;
      }
    }

    @Override
    public void ping() {
      pings++;
    }

    @Override
    public void readOn() {
      readOns++;
    }
  }
}
