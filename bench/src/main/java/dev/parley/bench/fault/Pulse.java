package dev.parley.bench.fault;

import dev.parley.bench.check.history.ClientHistory;
import dev.parley.bench.check.history.Digests;
import dev.parley.bench.check.history.History;
import dev.parley.bench.check.history.Issued;
import dev.parley.bench.check.history.Person;
import dev.parley.bench.load.Stage;
import dev.parley.client.Account;
import dev.parley.client.Chat;
import dev.parley.client.Frames;
import dev.parley.client.Reply;
import dev.parley.client.Rest;
import dev.parley.client.Tokens;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.id.Ids;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// A message every quarter of a second into each of some conversations, which lie in several
/// partitions; and a reader who asks the views and the index for them. By it a fault is felt. All
/// of it is in the history of the run, to be compared like whatever else is sent.
final class Pulse implements AutoCloseable {

  private static final int CONVERSATIONS = 12;
  private static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(250) / CONVERSATIONS;
  private static final int UNANSWERED_MAX = 50;
  private static final long RENEW_NANOS = TimeUnit.MINUTES.toNanos(10);
  private static final long LOOK_AT_VIEWS_EVERY_MILLIS = 50;
  // A search takes an engine that was just started 50 to 300 ms, and twelve look at once: looking
  // must not be what it is busy with.
  private static final long LOOK_AT_INDEX_EVERY_MILLIS = 500;
  private static final Duration TOKEN_LIMIT = Duration.ofSeconds(5);
  private static final Duration END_LIMIT = Duration.ofSeconds(60);
  private static final long LOOK_AT_END_EVERY_MILLIS = 50;

  /// Who sends, over an edge.
  private record Sender(Chat chat, ClientHistory recorded) {}

  /// One conversation. What it says of a fault is told by its lock.
  private static final class Lane {
    private final Sender sender;
    private final UUID conversation;
    private int unanswered;
    private long sinceNanos;
    private long firstNanos;
    private long longestNanos;
    private Last last = new Last("", 0);

    Lane(Sender sender, UUID conversation) {
      this.sender = sender;
      this.conversation = conversation;
    }

    synchronized boolean mayBeat() {
      return unanswered < UNANSWERED_MAX && ++unanswered > 0;
    }

    synchronized void since(long nanos) {
      sinceNanos = nanos;
      firstNanos = 0;
      longestNanos = 0;
    }

    synchronized void answered(long sentNanos, Last message) {
      unanswered--;
      long now = System.nanoTime();
      longestNanos = Math.max(longestNanos, now - Math.max(sentNanos, sinceNanos));
      if (firstNanos == 0 && sentNanos >= sinceNanos) {
        firstNanos = now;
      }
      if (message.seq() > last.seq()) {
        last = message;
      }
    }

    synchronized void failed() {
      unanswered--;
    }

    synchronized Last last() {
      return last;
    }

    /// Whether all is answered, and told to the one who sent it.
    synchronized boolean isSettled() {
      return unanswered == 0 && sender.recorded().head(conversation) >= last.seq();
    }

    synchronized long firstAfterNanos() {
      return firstNanos == 0 ? -1 : firstNanos - sinceNanos;
    }

    synchronized long longestNanos() {
      return longestNanos;
    }
  }

  /// The newest message of a conversation that was answered.
  private record Last(String word, long seq) {}

  private final Rest rest;
  private final History history;
  private final List<Sender> senders = new ArrayList<>();
  private final List<Lane> lanes = new ArrayList<>();
  private final Tokens reader;
  private final Thread beating = Thread.ofPlatform().name("pulse").unstarted(this::beat);
  private String token;
  private long tokenNanos = System.nanoTime();
  private volatile boolean ending;

  Pulse(Stage stage, History history) throws InterruptedException {
    this.rest = stage.rest();
    this.history = history;
    var accounts = stage.people(stage.edges().size() + 1);
    var readsAll = accounts.getLast();
    reader = Tokens.of(rest, readsAll);
    token = readsAll.token();
    history.person(new Person(readsAll.name(), readsAll.user(), reader));
    for (int edge = 0; edge < stage.edges().size(); edge++) {
      senders.add(sender(stage, accounts.get(edge), edge));
    }
    for (int i = 0; i < CONVERSATIONS; i++) {
      var sender = senders.get(i % senders.size());
      lanes.add(new Lane(sender, group(sender, "pulse " + i, readsAll.user())));
    }
    beating.start();
  }

  private Sender sender(Stage stage, Account account, int edge) throws InterruptedException {
    var person = new Person(account.name(), account.user(), Tokens.of(rest, account));
    var recorded = history.client(person.name() + "/pulse", person);
    var chat = stage.chat(person.tokens(), edge, recorded);
    Stage.get(chat.live());
    return new Sender(chat, recorded);
  }

  private UUID group(Sender sender, String title, UUID member) throws InterruptedException {
    var conversation = Ids.uuid7();
    history.conversation(conversation, sender.recorded().user());
    var frame = Frames.create(ConversationKind.GROUP, conversation, title, List.of(member));
    var command = Ids.required(frame.content().path("command_id").asText());
    history.issued(sender.recorded(), Issued.Kind.CREATE, conversation, command, Digests.GONE);
    var reply = Stage.get(sender.chat().submit(frame));
    history.answered(sender.recorded(), command, reply);
    reply.expectDone();
    return conversation;
  }

  /// What is told from here on is told of what happens after this moment.
  void since(long nanos) {
    lanes.forEach(lane -> lane.since(nanos));
  }

  /// Whether something that was sent after that moment is answered in every conversation.
  boolean beats() {
    return lanes.stream().allMatch(lane -> lane.firstAfterNanos() >= 0);
  }

  /// From that moment until the first answer in the conversation that waited longest for it.
  long nextAnswerNanos() {
    return lanes.stream().mapToLong(Lane::firstAfterNanos).max().orElse(0);
  }

  /// The longest that anybody waited for an answer since that moment.
  long longestNanos() {
    return lanes.stream().mapToLong(Lane::longestNanos).max().orElse(0);
  }

  /// Returns when the views have all that is answered at this moment; nanoseconds, -1: they do not
  /// within the limit.
  long awaitViews(Duration limit) throws InterruptedException {
    return await(
        limit,
        LOOK_AT_VIEWS_EVERY_MILLIS,
        (lane, last) ->
            !rest.get(
                    "/api/conversations/%s/events?limit=1&after=%d"
                        .formatted(lane.conversation, last.seq() - 1),
                    token())
                .expectOk()
                .body()
                .path("events")
                .isEmpty());
  }

  /// The same for the index.
  long awaitIndex(Duration limit) throws InterruptedException {
    return await(
        limit,
        LOOK_AT_INDEX_EVERY_MILLIS,
        (_, last) ->
            !rest.get("/api/search/messages?q=" + last.word(), token())
                .expectOk()
                .body()
                .path("hits")
                .isEmpty());
  }

  private interface Look {
    boolean isThere(Lane lane, Last last);
  }

  /// All conversations at once: one after the other the looks themselves would add up to what is to
  /// be told.
  private long await(Duration limit, long everyMillis, Look look) throws InterruptedException {
    long from = System.nanoTime();
    try (var looking = Executors.newVirtualThreadPerTaskExecutor()) {
      var looks =
          lanes.stream()
              .map(lane -> {
                var last = lane.last();
                return looking.submit(() ->
                    last.seq() == 0
                        || comes(() -> look.isThere(lane, last), from, limit, everyMillis));
              })
              .toList();
      for (var one : looks) {
        if (!one.get()) {
          return -1;
        }
      }
    } catch (ExecutionException failed) {
      throw new IllegalStateException("Looking for what is stored failed", failed.getCause());
    }
    return System.nanoTime() - from;
  }

  private static boolean comes(
      BooleanSupplier look, long fromNanos, Duration limit, long everyMillis)
      throws InterruptedException {
    while (!holds(look)) {
      if (System.nanoTime() - fromNanos > limit.toNanos()) {
        return false;
      }
      Thread.sleep(everyMillis);
    }
    return true;
  }

  private static boolean holds(BooleanSupplier look) {
    try {
      return look.getAsBoolean();
    } catch (UncheckedIOException | IllegalStateException notYet) {
      // Whoever is asked may be what was harmed.
      return false;
    }
  }

  private synchronized String token() {
    if (System.nanoTime() - tokenNanos > RENEW_NANOS) {
      try {
        token = reader.renew().toCompletableFuture().get(TOKEN_LIMIT.toSeconds(), TimeUnit.SECONDS);
        tokenNanos = System.nanoTime();
      } catch (ExecutionException | TimeoutException away) {
        // The one at hand is good for some minutes yet.
        return token;
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    return token;
  }

  private void beat() {
    for (long k = 0; !ending; k++) {
      LockSupport.parkNanos(EVERY_NANOS);
      var lane = lanes.get((int) (k % lanes.size()));
      if (lane.mayBeat()) {
        beat(lane);
      }
    }
  }

  private void beat(Lane lane) {
    var id = Ids.uuid7();
    var word = "beat" + id.toString().replace("-", "");
    long sent = System.nanoTime();
    var sender = lane.sender.recorded();
    history.issued(sender, Issued.Kind.SEND, lane.conversation, id, Digests.text(word));
    CompletableFuture<Reply> reply = lane.sender.chat().send(lane.conversation, id, word);
    var unused =
        reply.whenComplete((answer, _) -> {
          if (answer != null) {
            history.answered(sender, id, answer);
          }
          if (answer instanceof Reply.Done done) {
            lane.answered(sent, new Last(word, done.seq()));
          } else {
            lane.failed();
          }
        });
  }

  /// Nothing more is sent. Waits, a minute at most, until the senders have all that they were
  /// answered.
  @Override
  public void close() throws InterruptedException {
    ending = true;
    beating.join();
    long deadline = System.nanoTime() + END_LIMIT.toNanos();
    while (!lanes.stream().allMatch(Lane::isSettled) && System.nanoTime() - deadline < 0) {
      Thread.sleep(LOOK_AT_END_EVERY_MILLIS);
    }
    for (var sender : senders) {
      sender.recorded().ended(Stage.get(sender.chat().position()));
      sender.chat().close();
    }
  }
}
