package dev.parley.simulation;

import dev.parley.schemas.content.ContentReader;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Everything of one run.
final class World {

  private static final int PARTITIONS = 2;
  private static final int EDGES = 2;
  private static final int PEOPLE = 5;
  private static final int CALM_BEFORE_MILLIS = 1_500;
  private static final int FAULTS_MILLIS = 6_000;
  private static final int LOOK_MILLIS = 500;
  private static final int LEVEL_MILLIS_MAX = 90_000;

  final Scheduler scheduler;
  final Trace trace;
  final Wiring wiring;
  final People people;
  final ContentReader reader;
  final KafkaLog log = new KafkaLog(PARTITIONS);
  final Faults faults;
  final RedisModel redis;
  final Deciders deciders;
  final Delivery delivery;
  final Views views;
  final Indexing indexing;
  final List<Client> clients = new ArrayList<>();
  final Talk talk;
  private long levelMillis;
  private final List<Edge> edges = new ArrayList<>();

  World(long seed, Wiring wiring, Consumer<String> echo) {
    this.scheduler = new Scheduler(seed);
    this.trace = new Trace(scheduler, echo);
    this.wiring = wiring;
    this.people = new People(scheduler, trace, log);
    this.reader = new ContentReader(people);
    this.redis = new RedisModel(scheduler, trace);
    this.faults = new Faults(this);
    this.deciders = new Deciders(scheduler, trace, log, wiring);
    this.delivery = new Delivery(scheduler, trace, log, redis);
    this.views = new Views(scheduler, trace, log, reader, wiring);
    this.indexing = new Indexing(scheduler, trace, log, people, wiring);
    for (var i = 0; i < EDGES; i++) {
      edges.add(new Edge(this, "edge-" + i));
    }
    for (var i = 0; i < PEOPLE; i++) {
      clients.add(new Client(this, people.add(id(), "u" + i), "u" + i));
    }
    // One of them has two devices.
    clients.add(new Client(this, people.all().getFirst(), "u0b"));
    this.talk = new Talk(this);
  }

  /// Runs it to its end.
  List<Anomaly> run() {
    clients.forEach(Client::connect);
    scheduler.after(200, talk::found);
    advance(CALM_BEFORE_MILLIS);
    faults.begin();
    talk.begin();
    advance(FAULTS_MILLIS);
    trace.step("world", "nothing goes wrong any more");
    talk.end();
    faults.end();
    deciders.calm();
    while (levelMillis < LEVEL_MILLIS_MAX && !isLevel()) {
      advance(LOOK_MILLIS);
      levelMillis += LOOK_MILLIS;
    }
    return new Verdict(this).anomalies();
  }

  Tally tally() {
    var shown =
        log.partitionsOf(Topics.EVENTS).stream()
            .mapToLong(p -> log.uncommitted(p, 0, Integer.MAX_VALUE).entries().size())
            .sum();
    var events = log.allCommitted(Topics.EVENTS).size();
    return new Tally(
        1,
        events,
        shown - events,
        clients.stream().mapToLong(client -> client.answers.size()).sum(),
        clients.stream().mapToLong(client -> client.refusals.size()).sum(),
        clients.stream()
            .mapToLong(client -> client.answers.stream().filter(Client.Answer::duplicate).count())
            .sum(),
        clients.stream()
            .mapToLong(client -> client.seen.stream().filter(Client.Seen::pushed).count())
            .sum(),
        clients.stream().mapToLong(Client::resumes).sum(),
        clients.stream().mapToLong(Client::gaps).sum(),
        indexing.found.size(),
        people.all().stream().filter(people::isErased).count(),
        faults.count(),
        levelMillis);
  }

  /// An id as clients make them.
  UUID id() {
    return Ids.imported(
        "simulation", Long.toString(scheduler.random.nextLong()), scheduler.nowMillis());
  }

  @Nullable Edge anyEdge() {
    var alive = edges.stream().filter(Edge::isAlive).toList();
    return alive.isEmpty() ? null : alive.get(scheduler.random.nextInt(alive.size()));
  }

  Client anyClient() {
    return clients.get(scheduler.random.nextInt(clients.size()));
  }

  /// Its clients notice sooner or later; another one of the same name takes its place.
  void killEdge() {
    var edge = anyEdge();
    if (edge == null) {
      return;
    }
    edge.kill();
    for (var client : clients) {
      var socket = client.socket();
      if (socket != null && edge.has(socket)) {
        scheduler.soon(
            500,
            () -> {
              if (client.socket() == socket) {
                client.lose(false);
              }
            });
      }
    }
    scheduler.soon(
        2_000,
        () -> {
          trace.step(edge.name, "is started again");
          edges.set(edges.indexOf(edge), new Edge(this, edge.name));
        });
  }

  Map<UUID, Long> heads() {
    return log.allCommitted(Topics.EVENTS).stream()
        .map(entry -> entry.event().event())
        .collect(Collectors.toMap(e -> e.conversation(), e -> e.seq(), Math::max));
  }

  private void advance(long millis) {
    scheduler.runUntil(scheduler.nowMillis() + millis);
  }

  private boolean isLevel() {
    if (!deciders.isIdle()
        || !delivery.isIdle()
        || !views.isIdle()
        || !indexing.isIdle()
        || !clients.stream().allMatch(Client::isLevel)) {
      return false;
    }
    var heads = heads();
    return clients.stream()
        .allMatch(client ->
            heads.entrySet().stream().allMatch(one -> has(client, one.getKey(), one.getValue())));
  }

  boolean has(Client client, UUID conversation, long head) {
    var lane = client.lanes.get(conversation);
    return client.isGone()
        || !views.rows.isMember(conversation, client.user)
        || (lane != null && lane.have == head);
  }
}
