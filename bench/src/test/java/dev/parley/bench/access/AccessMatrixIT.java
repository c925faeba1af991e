package dev.parley.bench.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.bench.access.Calls.Call;
import dev.parley.bench.access.Calls.FrameCall;
import dev.parley.bench.path.RawSocket;
import dev.parley.bench.path.RunningStack;
import dev.parley.client.Rest;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.wire.ClientFrame;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// `docs/access.md` is what really happens when everybody asks for everything.
///
/// `-Dparley.docs=write` writes the page; read what changed before it is committed.
@Timeout(600)
class AccessMatrixIT {

  private static final int WORKERS = 6;

  /// Revocations are with every edge within a second; this machine may be busy.
  private static final Duration TOLD_TO_DOORS = Duration.ofSeconds(5);

  /// Frames about the session itself: every socket sends them, and [#aBadTokenOpensNoSocket].
  private static final Set<ClientFrame> OF_THE_SESSION =
      Set.of(
          ClientFrame.AUTH,
          ClientFrame.REFRESH,
          ClientFrame.RESUME,
          ClientFrame.PING,
          ClientFrame.PONG);

  private static final RunningStack STACK = RunningStack.here();
  private static final Rest REST = new Rest(STACK.origin());
  private static Issuer issuer;
  private static Newcomers newcomers;

  /// A question about a conversation, of everybody.
  private sealed interface Row {
    String title();

    boolean ofSpace();

    /// Changes nothing.
    boolean reads();
  }

  private record CallRow(Call call) implements Row {
    @Override
    public boolean reads() {
      return call.endpoint().startsWith("GET ");
    }

    @Override
    public String title() {
      return call.title();
    }

    @Override
    public boolean ofSpace() {
      return call.ofSpace();
    }
  }

  private record FrameRow(FrameCall call) implements Row {
    @Override
    public boolean reads() {
      return false;
    }

    @Override
    public String title() {
      return "frame " + call.title();
    }

    @Override
    public boolean ofSpace() {
      return call.ofSpace();
    }
  }

  @BeforeAll
  static void everybodyComes() {
    issuer = new Issuer(URI.create(System.getProperty("parley.issuer", "http://127.0.0.1:9")));
    newcomers = new Newcomers(REST, issuer, Newcomers.byTheScript(STACK.home(), STACK.data()));
  }

  @AfterAll
  static void everybodyGoes() {
    issuer.close();
    REST.close();
  }

  @Test
  void everyAddressOfTheCodeIsAskedFor() {
    var asked =
        Stream.concat(
                Calls.aboutConversations().stream().map(Call::endpoint),
                General.calls().stream().map(General.Call::endpoint))
            .collect(Collectors.toCollection(TreeSet::new));
    var there =
        Endpoints.of(STACK.home()).stream()
            .filter(endpoint -> !endpoint.contains(" /internal"))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(asked).isEqualTo(there);
  }

  @Test
  void everyFrameOfTheCodeIsAskedWith() {
    var asked = Calls.inFrames().stream().map(FrameCall::frame).collect(Collectors.toSet());
    assertThat(Arrays.stream(ClientFrame.values()).filter(f -> !OF_THE_SESSION.contains(f)))
        .allMatch(asked::contains);
  }

  /// What services ask each other is not for the world.
  @Test
  void noInternalAddressIsReachedFromOutside() {
    var operator = newcomers.of(Caller.OPERATOR);
    for (var endpoint : Endpoints.of(STACK.home())) {
      var parts = endpoint.split(" ", 2);
      if (parts[1].startsWith("/internal")) {
        var path = parts[1].replace("{}", "01920000-0000-7000-8000-000000000001");
        var answer = REST.send(parts[0], path, operator.token(), Cast.object());
        var isPage = answer.body().path("text").asText().contains("<html");
        assertThat(answer.status() == 404 || answer.status() == 405 || isPage)
            .as(endpoint + " " + answer)
            .isTrue();
      }
    }
  }

  @Test
  void aBadTokenOpensNoSocket() throws Exception {
    for (var caller : List.of(Caller.EXPIRED, Caller.REVOKED, Caller.OTHER_ISSUER)) {
      var token = newcomers.of(caller).token();
      long limit = System.nanoTime() + TOLD_TO_DOORS.toNanos();
      var refusal = refusal(token);
      // A socket that opens before the edge has heard of the revocation is closed by it.
      while (refusal.equals("closed 4401") && System.nanoTime() < limit) {
        refusal = refusal(token);
      }
      assertThat(refusal).as(caller.title()).isEqualTo("unauthenticated");
    }
  }

  private static String refusal(String token) throws Exception {
    try (var socket = new RawSocket(STACK.edges().getFirst())) {
      socket.send("{\"id\":1,\"t\":\"auth\",\"d\":{\"token\":\"" + token + "\"}}");
      var refusal = socket.awaitRefusal();
      assertThat(socket.awaitClose()).isEqualTo(4401);
      return refusal;
    }
  }

  @Test
  void whatHappensIsWhatThePageTells() throws Exception {
    var oracles = new ConcurrentLinkedQueue<String>();
    var page = new StringBuilder(HEAD);
    var workers = atOnce(Collections.<Callable<Worker>>nCopies(WORKERS, Worker::come));
    for (var kind : List.of(ConversationKind.GROUP, ConversationKind.CHANNEL)) {
      page.append("\n## In a ").append(kind.wireName()).append("\n\n");
      page.append(table(List.of(Caller.values()), rows(workers, kind, oracles)));
    }
    page.append("\n## Elsewhere\n\n").append(table(General.CALLERS, general(workers)));
    workers.forEach(Worker::close);
    compare(page.toString());
    assertThat(oracles).as("what tells a stranger that a conversation exists").isEmpty();
  }

  private static final String HEAD =
      """
      # Who gets what

      Every address and every frame, asked for by everybody there is. This page was written by asking, and `AccessMatrixIT` asks
      again in each test run; an address that is not here fails it. What each column means is said in
      [`Caller`](../bench/src/test/java/dev/parley/bench/access/Caller.java).

      `sees`: the answer holds the message that was sent last. `ok`: it was done, or the answer does not hold that message.
      Anything else is the code of the refusal. What one may not know of is refused as what does not exist: for a stranger to
      a group the test compares both answers, which must be equal to the letter.
      """;

  private static List<String> rows(
      List<Worker> workers, ConversationKind kind, Queue<String> oracles) throws Exception {
    var all = new ArrayList<Row>();
    Calls.aboutConversations().forEach(call -> all.add(new CallRow(call)));
    // The decider is the same behind both doors: frames are asked once, addresses in both kinds.
    if (kind == ConversationKind.GROUP) {
      Calls.inFrames().forEach(call -> all.add(new FrameRow(call)));
    }
    var rows =
        all.stream().filter(row -> !row.ofSpace() || kind == ConversationKind.GROUP).toList();
    return inParallel(
        workers,
        rows,
        (row, worker) -> {
          var cast = worker.cast();
          var lines = worker.lines();
          var cells = new ArrayList<String>();
          for (var caller : Caller.values()) {
            var of = row.ofSpace() ? ConversationKind.SPACE : kind;
            var scene = cast.scene(caller, of);
            var asked = ask(row, scene, lines);
            if (asked.word().equals(Asked.OK) && !row.reads()) {
              cast.touched(caller, of);
            }
            cells.add(asked.word());
            if (caller == Caller.STRANGER && kind == ConversationKind.GROUP && !row.ofSpace()) {
              var nowhere = scene.nowhere();
              var absent = ask(row, nowhere, lines);
              // What is done for the asking tells nothing: `schedule` is kept with oneself.
              var both = asked.word().equals(Asked.OK) && absent.word().equals(Asked.OK);
              if (!both && !plain(asked, scene).equals(plain(absent, nowhere))) {
                oracles.add(row.title() + ": " + asked.whole() + " but " + absent.whole());
              }
            }
          }
          return line(row.title() + (row.ofSpace() ? " of a space" : ""), cells);
        });
  }

  /// Without the ids that the one who asked has given.
  private static String plain(Asked asked, Scene scene) {
    return asked.whole().replace(scene.conversation().toString(), "<id>");
  }

  private static Asked ask(Row row, Scene scene, Lines lines) throws InterruptedException {
    return switch (row) {
      case CallRow(var call) ->
          Asked.over(scene.cast().rest, scene.actor(), call.request().apply(scene), scene.word());
      case FrameRow(var call) ->
          scene.caller().isKnown()
              ? lines.ask(scene.caller(), call.frame().wireName(), call.d().apply(scene))
              : new Asked("no socket", "");
    };
  }

  private static List<String> general(List<Worker> workers) throws Exception {
    return inParallel(
        workers,
        General.calls(),
        (call, worker) -> {
          var cells = new ArrayList<String>();
          for (var caller : General.CALLERS) {
            var visit = worker.visit(caller);
            var request = call.request().apply(visit);
            var word = Asked.over(REST, visit.caller(), request, "\u0000").word();
            if (word.equals(Asked.OK) && !call.reads()) {
              worker.visits().remove(caller);
            }
            cells.add(word);
          }
          return line(call.title(), cells);
        });
  }

  /// Asks one row after the other.
  private record Worker(Cast cast, Lines lines, Map<Caller, General.Visit> visits)
      implements AutoCloseable {

    static Worker come() throws InterruptedException {
      var cast = new Cast(newcomers);
      var lines = new Lines(cast, STACK.edges().getLast());
      return new Worker(cast, lines, new EnumMap<>(Caller.class));
    }

    General.Visit visit(Caller caller) {
      return visits.computeIfAbsent(
          caller, _ -> new General.Visit(newcomers.of(caller), newcomers.person("victim")));
    }

    @Override
    public void close() {
      lines.close();
    }
  }

  private interface Work<T> {
    String row(T what, Worker worker) throws InterruptedException;
  }

  /// Rows in the order of what they are about.
  private static <T> List<String> inParallel(List<Worker> workers, List<T> all, Work<T> work)
      throws Exception {
    var next = new AtomicInteger();
    var rows = new String[all.size()];
    atOnce(
        workers.stream()
            .<Callable<Worker>>map(worker ->
                () -> {
                  for (int i; (i = next.getAndIncrement()) < rows.length; ) {
                    rows[i] = work.row(all.get(i), worker);
                  }
                  return worker;
                })
            .toList());
    return List.of(rows);
  }

  private static <T> List<T> atOnce(List<Callable<T>> tasks) throws Exception {
    try (var threads = Executors.newFixedThreadPool(tasks.size())) {
      var results = new ArrayList<T>();
      for (var one : threads.invokeAll(tasks)) {
        results.add(one.get());
      }
      return results;
    }
  }

  private static String table(List<Caller> callers, List<String> rows) {
    var head = callers.stream().map(Caller::title).collect(Collectors.joining(" | "));
    return "| | "
        + head
        + " |\n"
        + "|---".repeat(callers.size() + 1)
        + "|\n"
        + String.join("\n", rows)
        + "\n";
  }

  private static String line(String title, List<String> cells) {
    return "| `" + title + "` | " + String.join(" | ", cells) + " |";
  }

  private static void compare(String page) throws IOException {
    var file = STACK.home().resolve("docs/access.md");
    if ("write".equals(System.getProperty("parley.docs"))) {
      Files.writeString(file, page);
    }
    assertThat(page.lines().toList()).isEqualTo(Files.readAllLines(file));
  }
}
