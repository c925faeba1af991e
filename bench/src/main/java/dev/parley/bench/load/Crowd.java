package dev.parley.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.bench.cost.StackProcesses;
import dev.parley.client.Account;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.wire.Json;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// People in groups of one size, each on a socket, who send at a rate that does not wait for
/// answers. A message says in its text when it was meant to be sent, and its request has that time
/// for an id: so a time is taken from the intention, a stall counts in full, and nothing is kept
/// for each message.
final class Crowd implements Line.Ear, AutoCloseable {

  private static final int DIGITS = 3;
  private static final int MICRO = 1_000;
  private static final Duration SETTLE_LIMIT = Duration.ofSeconds(30);
  private static final int CONNECTS_AT_ONCE = 200;
  private static final String TIMEOUT = "\"code\":\"timeout\"";
  private static final String RETRY_AFTER = "\"retry_after_ms\":";
  private static final String MEANT = "\"text\":\"b";
  // With the number before it a message of some 100 bytes.
  private static final String WORDS =
      " meet me at the harbour when the tide turns, and bring the charts with you";

  private record Group(UUID conversation, List<Line> members) {}

  /// The messages of one round, which are meant for times from `start` on.
  private static final class Tally {
    private final long start;
    private volatile long end = Long.MAX_VALUE;
    private final Histogram delivered = new ConcurrentHistogram(DIGITS);
    private final Histogram answered = new ConcurrentHistogram(DIGITS);
    private final Histogram refused = new ConcurrentHistogram(DIGITS);
    private final AtomicLong bareRefusals = new AtomicLong();
    private final AtomicLong unknown = new AtomicLong();
    private final Histogram late = new Histogram(DIGITS);

    Tally(long start) {
      this.start = start;
    }

    long outcomes() {
      return answered.getTotalCount() + refused.getTotalCount() + unknown.get();
    }

    boolean holds(long meant) {
      return meant >= start && meant < end;
    }
  }

  private final Optional<StackProcesses> processes;
  private final List<Group> groups = new ArrayList<>();
  private final List<Line> lines = new ArrayList<>();
  private final ConcurrentHashMap<String, AtomicLong> closes = new ConcurrentHashMap<>();
  private volatile @Nullable Tally tally;
  private String words = WORDS;
  private long sentBefore;

  private Crowd(Optional<StackProcesses> processes) {
    this.processes = processes;
  }

  /// Everybody connected, in a group, and live.
  ///
  /// @param people how many
  /// @param size of a group
  static Crowd gather(TestBed bed, int people, int size) throws InterruptedException {
    var crowd = new Crowd(bed.processes());
    crowd.lines.addAll(
        connected(bed.fleet(), bed.stage().edges(), bed.people().take(people), crowd));
    crowd.deal("group", size);
    return crowd;
  }

  /// All in one channel, on one edge.
  ///
  /// @param members one for each socket, so that a person with several sockets comes several times
  static Crowd channel(
      Fleet fleet, URI edge, List<Account> members, Optional<StackProcesses> processes)
      throws InterruptedException {
    var crowd = new Crowd(processes);
    crowd.lines.addAll(connected(fleet, List.of(edge), members, crowd));
    crowd.deal("channel", members.size());
    return crowd;
  }

  /// Messages are of so many characters from now on.
  void speakOf(int characters) {
    words = WORDS.repeat(characters / WORDS.length());
  }

  /// One round.
  ///
  /// @param rate messages a second, over all groups
  Round drive(int rate, Duration length) throws InterruptedException {
    long messages = rate * length.toMillis() / 1_000;
    var before = processes.map(StackProcesses::usage);
    var round = new Tally(System.nanoTime());
    tally = round;
    for (long k = 0; k < messages; k++) {
      long meant = round.start + k * 1_000_000_000L / rate;
      for (long left = meant - System.nanoTime(); left > 0; left = meant - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      round.late.recordValue((System.nanoTime() - meant) / MICRO);
      send(sentBefore + k, meant);
    }
    sentBefore += messages;
    round.end = System.nanoTime();
    var cost = processes.map(all -> all.usage().since(before.orElseThrow())).orElse(null);
    long answeredMeanwhile = round.answered.getTotalCount();
    settle(round, messages);
    return new Round(
        rate,
        length,
        messages,
        groups.getFirst().members().size(),
        round.delivered,
        round.answered,
        answeredMeanwhile,
        round.refused,
        round.bareRefusals.get(),
        round.unknown.get(),
        round.late,
        Duration.ofNanos(System.nanoTime() - round.end),
        cost);
  }

  /// A message in the first group, from the first of its members.
  void say(String text) throws InterruptedException {
    var group = groups.getFirst();
    var d = Json.MAPPER.createObjectNode().put("conversation", group.conversation().toString());
    d.put("message_id", Ids.uuid7().toString()).put("text", text);
    Stage.get(group.members().getFirst().ask("send", d));
  }

  /// A member of each group.
  List<Account> readers() {
    return groups.stream().map(group -> group.members().getFirst().account()).toList();
  }

  /// The groups, each with somebody who may write there.
  List<Flood.Place> places() {
    return groups.stream()
        .map(group ->
            new Flood.Place(group.conversation(), group.members().getFirst().account().user()))
        .toList();
  }

  /// What the sockets noticed over all rounds, a sentence each.
  List<String> faults() {
    var faults = new ArrayList<String>();
    faultIf(faults, lines.stream().mapToLong(Line::holes).sum(), "events were passed over");
    closes.forEach((code, count) -> faultIf(faults, count.get(), "sockets were lost with " + code));
    return faults;
  }

  /// Pushes that came again; the order of seqs makes them harmless.
  long repeats() {
    return lines.stream().mapToLong(Line::repeats).sum();
  }

  int sockets() {
    return lines.size();
  }

  int groups() {
    return groups.size();
  }

  @Override
  public void event(Line to, String text, int from, int end) {
    long now = System.nanoTime();
    int at = text.indexOf(MEANT, from, end);
    var round = tally;
    if (at >= 0 && round != null) {
      long meant = Line.number(text, at + MEANT.length());
      if (round.holds(meant)) {
        round.delivered.recordValue((now - meant) / MICRO);
      }
    }
  }

  @Override
  public void answered(Line to, long id, boolean done, String text, int from, int end) {
    long now = System.nanoTime();
    var round = tally;
    if (round == null || !round.holds(id)) {
      return;
    }
    if (done) {
      round.answered.recordValue((now - id) / MICRO);
    } else if (text.indexOf(TIMEOUT, from, end) >= 0) {
      round.unknown.incrementAndGet();
    } else {
      round.refused.recordValue((now - id) / MICRO);
      if (text.indexOf(RETRY_AFTER, from, end) < 0) {
        round.bareRefusals.incrementAndGet();
      }
    }
  }

  @Override
  public void lost(Line line, @Nullable Short code) {
    var name = code == null ? "no goodbye" : "close " + code;
    closes.computeIfAbsent(name, _ -> new AtomicLong()).incrementAndGet();
  }

  @Override
  public void close() {
    lines.forEach(Line::cut);
  }

  /// Sockets of these people, spread over the edges, all live.
  static List<Line> connected(Fleet fleet, List<URI> edges, List<Account> people, Line.Ear ear)
      throws InterruptedException {
    var lines = new ArrayList<Line>();
    var connecting = new ArrayList<Future<Void>>();
    for (int i = 0; i < people.size(); i++) {
      var line = fleet.line(people.get(i), edges.get(i % edges.size()), ear);
      lines.add(line);
      connecting.add(line.connect(people.get(i).token()));
      if (connecting.size() == CONNECTS_AT_ONCE) {
        awaitAll(connecting);
      }
    }
    awaitAll(connecting);
    return lines;
  }

  /// Sends messages to each group, one after the other.
  ///
  /// @return the head of each
  Map<UUID, Long> tell(int messages) throws InterruptedException {
    var heads = new HashMap<UUID, Long>();
    for (int i = 0; i < messages; i++) {
      for (var group : groups) {
        var d = Json.MAPPER.createObjectNode();
        d.put("conversation", group.conversation().toString());
        d.put("message_id", Ids.uuid7().toString()).put("text", "meanwhile");
        var told = Stage.get(group.members().getFirst().ask("send", d));
        heads.put(group.conversation(), told.path("ok").path("seq").asLong());
      }
    }
    return heads;
  }

  /// Everybody into one more group. Neighbours in it are on different edges.
  void deal(String kind, int size) throws InterruptedException {
    var asked = new ArrayList<Future<JsonNode>>();
    for (int first = 0; first + size <= lines.size(); first += size) {
      var members = List.copyOf(lines.subList(first, first + size));
      var conversation = Ids.uuid7();
      var d = Json.MAPPER.createObjectNode();
      d.put("conversation", conversation.toString()).put("kind", kind).put("title", "bench");
      d.put("command_id", Ids.uuid7().toString());
      var ids = d.putArray("members");
      members.stream()
          .map(member -> member.account().user().toString())
          .distinct()
          .forEach(ids::add);
      asked.add(members.getFirst().ask("create", d));
      groups.add(new Group(conversation, members));
    }
    for (var answer : asked) {
      var told = Stage.get(answer);
      if (!told.has("ok")) {
        throw new IllegalStateException("Expected a group, but was told " + told);
      }
    }
    for (var group : groups) {
      for (var member : group.members()) {
        awaitGroup(member, group.conversation());
      }
    }
  }

  private static void awaitGroup(Line member, UUID conversation) throws InterruptedException {
    long deadline = System.nanoTime() + SETTLE_LIMIT.toNanos();
    while (Stage.get(member.head(conversation)) == 0) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("Expected every member to hear of their group");
      }
      Thread.sleep(10);
    }
  }

  private static <T> void awaitAll(List<Future<T>> all) throws InterruptedException {
    for (var one : all) {
      Stage.get(one);
    }
    all.clear();
  }

  private void send(long number, long meant) {
    var group = groups.get((int) (number % groups.size()));
    var members = group.members();
    var sender = members.get((int) (number / groups.size() % members.size()));
    sender.send(meant, group.conversation(), Ids.uuid7(), "b" + meant + words);
  }

  /// Waits, with a bound, until every message is answered and on every member's socket.
  private void settle(Tally round, long messages) throws InterruptedException {
    long size = groups.getFirst().members().size();
    long deadline = System.nanoTime() + SETTLE_LIMIT.toNanos();
    while (System.nanoTime() < deadline
        && (round.outcomes() < messages
            || round.delivered.getTotalCount() < round.answered.getTotalCount() * size)) {
      Thread.sleep(20);
    }
  }

  private static void faultIf(List<String> faults, long count, String what) {
    if (count != 0) {
      faults.add(String.format(Locale.ROOT, "%d %s", count, what));
    }
  }
}
