package dev.parley.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.edge.auth.Credentials;
import dev.parley.edge.command.Commands;
import dev.parley.edge.command.Gate;
import dev.parley.edge.history.GatheredInboxes;
import dev.parley.edge.history.Reads;
import dev.parley.edge.hub.EventSource;
import dev.parley.edge.hub.Hub;
import dev.parley.edge.hub.HubLimits;
import dev.parley.edge.hub.Inbox;
import dev.parley.edge.presence.Presence;
import dev.parley.edge.presence.PresenceLimits;
import dev.parley.edge.rate.Purses;
import dev.parley.edge.session.Admissions;
import dev.parley.edge.session.Session;
import dev.parley.edge.session.SessionLimits;
import dev.parley.edge.session.SideFrames;
import dev.parley.filter.Judgement;
import dev.parley.log.LogPartition;
import dev.parley.rates.Taken;
import dev.parley.schemas.command.CommandCodec;
import dev.parley.schemas.command.CommandEnvelope;
import dev.parley.schemas.content.ContentReader;
import dev.parley.schemas.event.ChainedEvent;
import dev.parley.schemas.event.EventCodec;
import dev.parley.schemas.personal.PersonalCodec;
import dev.parley.schemas.personal.PersonalEntry;
import dev.parley.schemas.push.Push;
import dev.parley.schemas.push.PushCodec;
import dev.parley.schemas.topic.Topics;
import dev.parley.schemas.wire.CommandSealer;
import dev.parley.schemas.wire.Limits;
import dev.parley.tokens.Caller;
import dev.parley.tokens.Verdict.Valid;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/// One edge, put together as the service puts it together, from its start to its death.
final class Edge {

  static final long TIMEOUT_MILLIS = 2_000;

  /// Small, so that holes are longer than a chunk and gaps are told; sweeps and looks at the inbox
  /// as they are.
  private static final HubLimits HUB =
      new HubLimits(15, 6, 8, 2, 100, 10_000, 2_000, 500, 2, 30_000, 4, 5_000, 20, 2_000);

  /// So few that people wait for each other.
  private static final GatheredInboxes.Limits INBOXES = new GatheredInboxes.Limits(3, 1, 1_000);

  private static final int LEFT_OUT_PERCENT = 20;

  private static final SessionLimits SESSION =
      new SessionLimits(
          Limits.DEFAULT,
          5_000,
          8,
          5,
          25_000,
          35_000,
          60_000,
          200,
          400,
          200,
          256,
          100,
          500,
          300,
          8,
          200,
          2_000);

  private static final long TOKEN_MILLIS = 3_600_000;

  final String name;
  private final World world;
  private final Scheduler scheduler;
  private final Scheduler.Life process = new Scheduler.Life();
  private final Scheduler.Strand loop;
  private final Scheduler.Strand publishing;
  private final Network network;
  private final Hub hub;
  private final Commands commands;
  private final Session.Node node;

  Edge(World world, String name) {
    this.world = world;
    this.name = name;
    this.scheduler = world.scheduler;
    this.loop = scheduler.new Strand(process);
    this.publishing = scheduler.new Strand(process);
    this.network = new Network(scheduler, world.redis, process, loop, world.faults.pushes);
    this.commands =
        new Commands(
            new Commands.Route(
                name,
                new CommandSealer(world.people),
                (user, _) -> CompletableFuture.completedStage(world.people.keyOf(user)),
                this::publish,
                publishing::run,
                this::isSubscribed),
            new Commands.Limits(100, TIMEOUT_MILLIS, Duration.ofSeconds(1)),
            loop);
    this.hub =
        new Hub(
            new Hub.Surroundings(
                Deciders.EPOCH,
                loop,
                network,
                new Source(),
                world.wiring.inbox(new GatheredInboxes(this::inboxes, INBOXES)),
                new ContentReader(world.people),
                100_000,
                commands::seen),
            HUB);
    this.node = node();
    network.start(name, this::published, hub::reconnected);
    loop.run(hub::start);
    commands.start();
  }

  Socket accept(Client client) {
    var socket = new Socket(scheduler, world.wiring, client, process, node);
    socket.open(client.user);
    return socket;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  boolean has(Socket socket) {
    return socket.isOn(process);
  }

  void kill() {
    world.trace.step(name, "is killed");
    process.kill();
    network.close();
  }

  private boolean isSubscribed(UUID conversation) {
    return hub.isSubscribed(conversation);
  }

  private CompletionStage<Void> publish(CommandEnvelope command) {
    var key = command.conversation().toString();
    world.trace.step(
        name,
        "publishes "
            + world.trace.name(command.commandId())
            + " of "
            + world.trace.name(command.actor()));
    return appended(world.log.partition(Topics.COMMANDS, key), key, CommandCodec.encode(command));
  }

  private CompletionStage<Void> keep(PersonalEntry entry) {
    return appended(
        world.log.partition(Topics.MARKS, entry.conversation().toString()),
        PersonalCodec.key(entry),
        PersonalCodec.encode(entry));
  }

  /// Stored and told so, stored and not told, or not stored: a log that is away may be either.
  private CompletionStage<Void> appended(LogPartition partition, String key, byte[] value) {
    var done = new CompletableFuture<Void>();
    var fails = world.faults.logFails();
    if (!fails || scheduler.chance(50)) {
      world.log.append(
          partition, new KafkaLog.Entry(key, value, scheduler.nowMillis(), null), null);
    }
    scheduler.soon(
        fails ? 3_000 : 5,
        () -> {
          if (fails) {
            done.completeExceptionally(new IllegalStateException("The log is away"));
          } else {
            done.complete(null);
          }
        });
    return done;
  }

  private void published(String channel, byte[] message) {
    var push = PushCodec.decode(message);
    if (channel.startsWith("parley:c:")) {
      if (push instanceof Push.EventPush(var record)) {
        hub.pushed(EventCodec.decode(record));
      } else {
        hub.whispered(id(channel), push);
      }
    } else if (channel.startsWith("parley:u:")) {
      if (push instanceof Push.EventPush(var record)) {
        hub.pushedToUser(id(channel), EventCodec.decode(record));
      } else {
        hub.whisperedToUser(push);
      }
    } else if (push instanceof Push.EventPush(var record)) {
      hub.pushed(EventCodec.decode(record));
    } else if (push instanceof Push.OutcomePush(var outcome)) {
      commands.decided(outcome);
    }
  }

  private static UUID id(String channel) {
    return UUID.fromString(channel.substring("parley:c:".length()));
  }

  /// Events from Redis while it holds them, else from the views, as the edge asks for them.
  private final class Source implements EventSource {
    @Override
    public CompletionStage<List<ChainedEvent>> after(UUID conversation, long seq, int limit) {
      return remembered(() -> unbroken(world.redis.after(conversation, seq, limit), seq))
          .exceptionally(_ -> List.of())
          .thenCompose(events ->
              events.isEmpty()
                  ? viewed(() -> unbroken(world.views.rows.after(conversation, seq, limit), seq))
                  : CompletableFuture.completedStage(events));
    }

    @Override
    public CompletionStage<Map<UUID, Long>> tailHeads(Collection<UUID> conversations) {
      return remembered(() -> world.redis.heads(conversations));
    }
  }

  /// Now and then not all of them.
  private CompletionStage<Map<UUID, Inbox.Snapshot>> inboxes(Collection<UUID> users) {
    return viewed(() -> {
      var inboxes = new LinkedHashMap<UUID, Inbox.Snapshot>();
      for (var user : users) {
        if (!inboxes.isEmpty() && scheduler.chance(LEFT_OUT_PERCENT)) {
          break;
        }
        inboxes.put(user, world.views.rows.inbox(user));
      }
      return inboxes;
    });
  }

  private static List<ChainedEvent> unbroken(List<ChainedEvent> events, long seq) {
    var unbroken = new ArrayList<ChainedEvent>();
    for (var chained : events) {
      if (chained.event().seq() != seq + unbroken.size() + 1) {
        break;
      }
      unbroken.add(chained);
    }
    return unbroken;
  }

  private <T> CompletionStage<T> remembered(Supplier<T> answer) {
    return asked(4, () -> world.redis.isUp(), answer);
  }

  private <T> CompletionStage<T> viewed(Supplier<T> answer) {
    return asked(15, () -> world.views.isUp(), answer);
  }

  /// The answer is of a moment on the way.
  private <T> CompletionStage<T> asked(int mostMillis, Supplier<Boolean> up, Supplier<T> answer) {
    var done = new CompletableFuture<T>();
    scheduler.soon(
        mostMillis,
        () -> {
          if (up.get()) {
            var found = answer.get();
            scheduler.soon(mostMillis, () -> done.complete(found));
          } else {
            scheduler.soon(
                mostMillis, () -> done.completeExceptionally(new IllegalStateException("Away")));
          }
        });
    return done;
  }

  private Session.Node node() {
    var reads = new AllMayRead();
    return new Session.Node(
        name,
        Deciders.EPOCH,
        new Credentials(
            token -> CompletableFuture.completedStage(new Valid(caller(UUID.fromString(token)))),
            _ -> CompletableFuture.completedStage(Optional.empty())),
        commands,
        new Gate(
            (_, _) -> false,
            (_, _, _, _) -> CompletableFuture.completedStage(new Judgement.Pass()),
            reads,
            this::keep),
        hub,
        new Admissions(
            50,
            new Purses(
                (_, _, most) -> CompletableFuture.completedStage(new Taken.Granted(most)),
                1_000,
                scheduler::nowMillis)),
        new SideFrames.Side(hub, this::keep, _ -> {}, reads, presence()),
        SESSION);
  }

  private Caller caller(UUID user) {
    return new Caller(
        user,
        null,
        false,
        false,
        null,
        scheduler.nowMillis(),
        scheduler.nowMillis() + TOKEN_MILLIS,
        "parley");
  }

  private Presence presence() {
    var nobody = new NobodyLooks();
    return new Presence(
        loop, nobody, nobody, hub::listens, new PresenceLimits(1, 1, 60_000, 1_000));
  }

  private static final class AllMayRead implements Reads {
    @Override
    public CompletionStage<Access> access(UUID conversation, UUID user, boolean guest) {
      return CompletableFuture.completedStage(new Access(true, true, 0, 0));
    }

    @Override
    public CompletionStage<Optional<JsonNode>> message(UUID in, UUID message, UUID user) {
      return CompletableFuture.completedStage(Optional.empty());
    }
  }
}
