package dev.parley.bench.load;

import dev.parley.bench.check.Answers;
import dev.parley.bench.report.Latency;
import dev.parley.bench.report.Row;
import dev.parley.client.Account;
import dev.parley.client.Chat;
import dev.parley.client.ChatListener;
import dev.parley.client.ConversationEvent;
import dev.parley.client.Reply;
import dev.parley.schemas.id.Ids;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/// Many people in groups, messages at a fixed rate that does not wait for answers. A time is taken
/// from the moment a message was meant to be sent, so that a stall counts in full.
///
/// @param sockets one person each
/// @param groups people are dealt out to them evenly
/// @param ratePerSecond messages a second over all people
public record OpenLoop(int sockets, int groups, int ratePerSecond, Duration warmUp, Duration run) {

  private static final int DIGITS = 3;
  private static final long MICRO = 1_000;
  private static final Duration SETTLE_LIMIT = Duration.ofSeconds(60);

  /// What was sent and what became of it.
  private static final class Ledger {
    private final Map<UUID, Long> meantNanos = new ConcurrentHashMap<>();
    private final Set<UUID> counted = ConcurrentHashMap.newKeySet();
    private final Answers answers = new Answers();
    private final Histogram delivered = new ConcurrentHistogram(DIGITS);
    private final Histogram answered = new ConcurrentHistogram(DIGITS);
    private final AtomicLong deliveries = new AtomicLong();
    private final AtomicLong doubled = new AtomicLong();
    private final AtomicLong repeatedPushes = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong gaps = new AtomicLong();
    private final Map<Integer, Long> closes = new ConcurrentSkipListMap<>();
  }

  /// One person's eyes; called on that client's thread only.
  private static final class Eyes implements ChatListener {
    private final Ledger ledger;
    private final UUID user;
    private final Set<UUID> seen = new HashSet<>();

    Eyes(Ledger ledger, UUID user) {
      this.ledger = ledger;
      this.user = user;
    }

    @Override
    public void event(ConversationEvent event) {
      var id = event.id();
      var meant = ledger.meantNanos.get(id);
      if (meant == null) {
        return;
      }
      if (!seen.add(id)) {
        ledger.doubled.incrementAndGet();
        return;
      }
      ledger.deliveries.incrementAndGet();
      boolean own = event.actor().equals(user);
      if (!own && ledger.counted.contains(id)) {
        ledger.delivered.recordValue(Math.max(0, event.receivedNanos() - meant) / MICRO);
      }
    }

    @Override
    public void repeated(ConversationEvent event) {
      ledger.repeatedPushes.incrementAndGet();
    }

    @Override
    public void gap(UUID conversation, long from, long to) {
      ledger.gaps.incrementAndGet();
    }

    @Override
    public void ended(int code, String reason) {
      ledger.closes.merge(code, 1L, Long::sum);
    }
  }

  private record Group(UUID conversation, List<Chat> members) {}

  /// What a run leaves: the figures, and the answers for a comparison with the log.
  public record Outcome(Row row, Answers answers) {}

  public Outcome measure(Stage stage) throws InterruptedException {
    var ledger = new Ledger();
    var people = stage.people(sockets);
    var chats = new ArrayList<Chat>();
    try {
      for (int i = 0; i < people.size(); i++) {
        var account = people.get(i);
        chats.add(stage.chat(account, i, new Eyes(ledger, account.user())));
      }
      for (var chat : chats) {
        Stage.get(chat.live());
      }
      var dealt = deal(stage, people, chats);
      drive(dealt, ledger, warmUp, false);
      drive(dealt, ledger, run, true);
      long expected = settle(dealt, ledger);
      var closes = Map.copyOf(ledger.closes);
      long resends = chats.stream().mapToLong(Chat::resends).sum();
      return new Outcome(row(stage, ledger, expected, resends, closes), ledger.answers);
    } finally {
      chats.forEach(Chat::close);
    }
  }

  private List<Group> deal(Stage stage, List<Account> people, List<Chat> chats)
      throws InterruptedException {
    var dealt = new ArrayList<Group>();
    for (int g = 0; g < groups; g++) {
      var accounts = new ArrayList<Account>();
      var members = new ArrayList<Chat>();
      for (int i = g; i < people.size(); i += groups) {
        accounts.add(people.get(i));
        members.add(chats.get(i));
      }
      var others = accounts.subList(1, accounts.size());
      var conversation = stage.group(members.getFirst(), "bench " + g, others);
      dealt.add(new Group(conversation, members));
    }
    return dealt;
  }

  private void drive(List<Group> dealt, Ledger ledger, Duration length, boolean count) {
    long messages = ratePerSecond * length.toMillis() / 1_000;
    long start = System.nanoTime();
    for (long k = 0; k < messages; k++) {
      long meant = start + k * 1_000_000_000L / ratePerSecond;
      for (long left = meant - System.nanoTime(); left > 0; left = meant - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      var group = dealt.get((int) (k % dealt.size()));
      var sender = group.members().get((int) (k / dealt.size() % group.members().size()));
      send(sender, group.conversation(), meant, ledger, count);
    }
  }

  private static void send(
      Chat sender, UUID conversation, long meant, Ledger ledger, boolean count) {
    var id = Ids.uuid7();
    ledger.meantNanos.put(id, meant);
    if (count) {
      ledger.counted.add(id);
    }
    var unused =
        sender
            .send(conversation, id, "open loop " + id)
            .thenAccept(reply -> answered(ledger, id, meant, reply));
  }

  private static void answered(Ledger ledger, UUID id, long meant, Reply reply) {
    switch (reply) {
      case Reply.Done done -> {
        ledger.answers.note(id, done.seq());
        if (ledger.counted.contains(id)) {
          ledger.answered.recordValue(Math.max(0, System.nanoTime() - meant) / MICRO);
        }
      }
      case Reply.Refused _ -> ledger.refused.incrementAndGet();
    }
  }

  /// Waits, with a bound, until every message is answered and on every member's socket.
  ///
  /// @return deliveries that are due: each message at each member, its sender included
  private static long settle(List<Group> dealt, Ledger ledger) throws InterruptedException {
    long membersOfOne = dealt.getFirst().members().size();
    long expected = ledger.meantNanos.size() * membersOfOne;
    long deadline = System.nanoTime() + SETTLE_LIMIT.toNanos();
    while (System.nanoTime() < deadline
        && (ledger.deliveries.get() < expected
            || ledger.answers.size() + ledger.refused.get() < ledger.meantNanos.size())) {
      Thread.sleep(100);
    }
    return expected;
  }

  private Row row(
      Stage stage, Ledger ledger, long expected, long resends, Map<Integer, Long> closes) {
    var settings = new LinkedHashMap<String, String>();
    settings.put("sockets", Integer.toString(sockets));
    settings.put("edges", Integer.toString(stage.edges().size()));
    settings.put("groups", groups + " of " + sockets / groups);
    settings.put("rate", ratePerSecond + "/s");
    settings.put("warm-up", warmUp.toSeconds() + " s");
    settings.put("run", run.toSeconds() + " s");
    var counts = new LinkedHashMap<String, Long>();
    long sent = ledger.meantNanos.size();
    long unanswered = sent - ledger.answers.size() - ledger.refused.get();
    long lost = expected - ledger.deliveries.get();
    counts.put("sent", sent);
    counts.put("answered", (long) ledger.answers.size());
    counts.put("refused", ledger.refused.get());
    counts.put("deliveries due", expected);
    counts.put("delivered", ledger.deliveries.get());
    counts.put("lost", lost);
    counts.put("doubled", ledger.doubled.get());
    counts.put("repeated pushes ignored", ledger.repeatedPushes.get());
    counts.put("gaps", ledger.gaps.get());
    counts.put("resends", resends);
    closes.forEach((code, count) -> counts.put("closes with " + code, count));
    var faults = new ArrayList<String>();
    faultIf(faults, lost, "deliveries are missing");
    faultIf(faults, ledger.doubled.get(), "deliveries came twice");
    faultIf(faults, unanswered, "messages have no answer");
    faultIf(faults, ledger.refused.get(), "messages were refused");
    return new Row(
        "open loop",
        settings,
        List.of(
            new Row.Series("meant time to other's socket", Latency.of(ledger.delivered)),
            new Row.Series("meant time to answer", Latency.of(ledger.answered))),
        counts,
        faults);
  }

  private static void faultIf(List<String> faults, long count, String what) {
    if (count != 0) {
      faults.add(count + " " + what);
    }
  }
}
