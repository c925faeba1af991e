package dev.parley.bench.fault;

import dev.parley.bench.load.Stage;
import dev.parley.client.Chat;
import dev.parley.client.ChatListener;
import dev.parley.client.Reply;
import dev.parley.client.Rest;
import dev.parley.client.Tokens;
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
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// A message every quarter of a second into each of some conversations, which lie in several
/// partitions; and a reader who asks the views and the index for them. By it a fault is felt.
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

  /// One conversation. What it says of a fault is told by its lock.
  private static final class Lane {
    private final Chat sender;
    private final UUID conversation;
    private int unanswered;
    private long sinceNanos;
    private long firstNanos;
    private long longestNanos;
    private Last last = new Last("", 0);

    Lane(Chat sender, UUID conversation) {
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
  private final List<Chat> chats = new ArrayList<>();
  private final List<Lane> lanes = new ArrayList<>();
  private final Tokens reader;
  private final AtomicLong answered = new AtomicLong();
  private final Thread beating = Thread.ofPlatform().name("pulse").unstarted(this::beat);
  private String token;
  private long tokenNanos = System.nanoTime();
  private volatile boolean ending;

  Pulse(Stage stage) throws InterruptedException {
    rest = stage.rest();
    var people = stage.people(stage.edges().size() + 1);
    var readsAll = people.getLast();
    reader = Tokens.of(rest, readsAll);
    token = readsAll.token();
    for (int edge = 0; edge < stage.edges().size(); edge++) {
      var chat = stage.chat(people.get(edge), edge, new ChatListener() {});
      Stage.get(chat.live());
      chats.add(chat);
    }
    for (int i = 0; i < CONVERSATIONS; i++) {
      var sender = chats.get(i % chats.size());
      lanes.add(new Lane(sender, stage.group(sender, "pulse " + i, List.of(readsAll))));
    }
    beating.start();
  }

  /// Answers so far.
  long answered() {
    return answered.get();
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
    CompletableFuture<Reply> reply = lane.sender.send(lane.conversation, id, word);
    var unused =
        reply.whenComplete((answer, _) -> {
          if (answer instanceof Reply.Done done) {
            answered.incrementAndGet();
            lane.answered(sent, new Last(word, done.seq()));
          } else {
            lane.failed();
          }
        });
  }

  @Override
  public void close() {
    ending = true;
    chats.forEach(Chat::close);
  }
}
