package dev.parley.edge;

import dev.parley.edge.auth.Credentials;
import dev.parley.edge.command.Commands;
import dev.parley.edge.command.Gate;
import dev.parley.edge.history.GatheredInboxes;
import dev.parley.edge.history.HistoryClient;
import dev.parley.edge.history.TailThenHistory;
import dev.parley.edge.hub.Hub;
import dev.parley.edge.hub.HubLimits;
import dev.parley.edge.loop.Loop;
import dev.parley.edge.loop.VertxLoop;
import dev.parley.edge.presence.Presence;
import dev.parley.edge.presence.PresenceLimits;
import dev.parley.edge.rate.Purses;
import dev.parley.edge.reach.Reach;
import dev.parley.edge.reach.Surroundings;
import dev.parley.edge.redis.RedisChannels;
import dev.parley.edge.redis.RedisLeases;
import dev.parley.edge.redis.RedisLine;
import dev.parley.edge.redis.RedisTails;
import dev.parley.edge.redis.RedisTickets;
import dev.parley.edge.redis.RedisTyping;
import dev.parley.edge.session.Admissions;
import dev.parley.edge.session.Session;
import dev.parley.edge.session.SessionLimits;
import dev.parley.edge.session.SideFrames;
import dev.parley.filter.ContentFilter;
import dev.parley.log.CommandPublisher;
import dev.parley.log.KafkaConnection;
import dev.parley.log.PublishRefusedException;
import dev.parley.log.PublisherConfig;
import dev.parley.log.TopicAdmin;
import dev.parley.log.UserTable;
import dev.parley.rates.SharedRates;
import dev.parley.schemas.command.CommandEnvelope;
import dev.parley.schemas.content.ContentReader;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.event.EventCodec;
import dev.parley.schemas.personal.PersonalEntry;
import dev.parley.schemas.push.Push;
import dev.parley.schemas.push.PushCodec;
import dev.parley.schemas.redis.RedisNames;
import dev.parley.schemas.topic.Topics;
import dev.parley.schemas.wire.CommandSealer;
import dev.parley.schemas.wire.KeyMissingException;
import dev.parley.schemas.wire.Limits;
import dev.parley.tokens.Ended;
import dev.parley.tokens.TokenVerifier;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The node, put together: how its parts know each other, and the order in which they start and
/// stop.
@ApplicationScoped
public class Edge {

  private static final Logger LOG = LoggerFactory.getLogger(Edge.class);

  private final EdgeConfig config;
  private final String name;
  private final KafkaConnection kafka;
  private final RedisLine channelLine;
  private final RedisLine tailLine;
  private final RedisChannels channels;
  private final Loop loop;
  private final UserTable users;
  private final CommandPublisher publisher;
  private final ExecutorService publishing;
  private final ExecutorService checking;
  private final Commands commands;
  private final Hub hub;
  private final Presence presence;
  private final Reach logReach;
  private final Surroundings surroundings;
  private final Session.Node node;

  public Edge(
      EdgeConfig config,
      Vertx vertx,
      TokenVerifier tokens,
      UserTable users,
      SharedRates rates,
      ContentFilter filter,
      @ConfigProperty(name = "quarkus.redis.hosts") Optional<String> redis) {
    this.config = config;
    this.name = config.node().orElseGet(() -> "edge-" + UUID.randomUUID());
    var limits = config.edge();
    this.kafka =
        new KafkaConnection(config.kafka().bootstrapServers(), config.kafka().properties());
    this.loop = new VertxLoop(vertx, ((VertxInternal) vertx).createEventLoopContext());
    this.users = users;
    this.publisher =
        new CommandPublisher(
            new PublisherConfig(
                kafka, name, limits.pendingMax(), limits.commandTimeout(), limits.lingerMillis()));
    this.publishing =
        Executors.newSingleThreadExecutor(Thread.ofPlatform().name("publishing").factory());
    this.checking = Executors.newVirtualThreadPerTaskExecutor();
    var redisAddress = redis.orElse("redis://127.0.0.1:16379");
    this.channelLine = new RedisLine(vertx, loop, redisAddress, "channels", RedisNames.node(name));
    this.tailLine = new RedisLine(vertx, loop, redisAddress, "tails", null);
    this.channels = new RedisChannels(loop, channelLine, name);
    this.commands =
        new Commands(
            new Commands.Route(
                name,
                new CommandSealer(users),
                users::awaitKey,
                this::publish,
                publishing,
                this::isSubscribed),
            new Commands.Limits(
                limits.pendingMax(), limits.commandTimeout().toMillis(), limits.keyWait()),
            loop);
    this.logReach = new Reach("log", loop);
    var viewsReach = new Reach("views", loop);
    var history =
        new HistoryClient(
            vertx,
            config.projection().url(),
            required(config.internalSecret(), "parley.internal-secret"),
            new HistoryClient.Limits(
                config.projection().connectionsMax(),
                config.projection().waitingMax(),
                config.projection().timeout().toMillis()),
            viewsReach);
    this.surroundings =
        new Surroundings(
            loop,
            limits.probe().toMillis(),
            List.of(
                new Surroundings.Line(new Reach("redis.pushes", loop), channels::isSubscribed),
                new Surroundings.Line(new Reach("redis.tails", loop), tailLine::isOpen)),
            List.of(
                new Surroundings.Service(logReach, () -> askLog()),
                new Surroundings.Service(viewsReach, history::ask)));
    this.hub =
        new Hub(
            new Hub.Surroundings(
                config.epoch(),
                loop,
                channels,
                new TailThenHistory(
                    new RedisTails(tailLine),
                    history,
                    limits.tailWait().toMillis(),
                    limits.tailRest().toMillis()),
                new GatheredInboxes(
                    history::inboxes,
                    new GatheredInboxes.Limits(
                        config.projection().inboxesAtOnce(),
                        config.projection().inboxQuestionsMax(),
                        config.projection().inboxesWaitingMax())),
                new ContentReader(users),
                limits.framesKeptBytesMax(),
                commands::seen),
            hubLimits(limits));
    this.presence =
        new Presence(
            loop,
            new RedisLeases(
                tailLine,
                name,
                limits.presenceLease().toMillis(),
                limits.lastSeenKept().toMillis()),
            channels,
            hub::listens,
            new PresenceLimits(
                limits.presenceUsersMax(),
                limits.presenceConversationsMax(),
                limits.presenceRenewal().toMillis(),
                limits.presenceCoalesce().toMillis()));
    var admissions =
        new Admissions(
            limits.connectionsPerUserMax(),
            new Purses(rates::takeOfPerson, rates.lot(), System::currentTimeMillis));
    this.node =
        new Session.Node(
            name,
            config.epoch(),
            new Credentials(
                tokens::verify, new RedisTickets(tailLine, limits.ticketWait().toMillis())::redeem),
            commands,
            new Gate(users::isBlockedIn, filter::judge, history, this::keep),
            hub,
            admissions,
            new SideFrames.Side(
                hub, this::keep, new RedisTyping(tailLine)::publish, history, presence),
            sessionLimits(limits));
    tokens.onEnd(admissions::ended);
    tokens.onEnd(this::forget);
  }

  /// What sessions work with.
  public Session.Node node() {
    return node;
  }

  /// The parts that tell how the node is.
  public Hub hub() {
    return hub;
  }

  public Commands commands() {
    return commands;
  }

  /// What the node needs, and whether it answers.
  public List<Reach> reaches() {
    return surroundings.all();
  }

  /// Sockets are accepted only after this, and it after the door has begun to read who there is.
  void start(@Observes @Priority(10) StartupEvent event) {
    var wait = config.kafka().startWait();
    TopicAdmin.await(kafka, List.of(Topics.COMMANDS, Topics.MARKS, Topics.USERS), wait);
    publisher.prepare(wait);
    if (!users.awaitLoaded(wait)) {
      throw new IllegalStateException("The people could not be read within " + wait);
    }
    loop.run(() -> tailLine.open(() -> {}, _ -> {}));
    channels.start(new Pushes());
    loop.run(hub::start);
    loop.run(presence::start);
    commands.start();
    loop.run(surroundings::start);
    LOG.info("Node {} takes sockets", name);
  }

  /// Lets go of everything, once all sockets are closed.
  public void close() {
    channelLine.close();
    tailLine.close();
    publishing.shutdown();
    publisher.close();
    checking.shutdownNow();
  }

  private CompletionStage<Void> publish(CommandEnvelope command) {
    return heard(publisher.publish(command));
  }

  /// What the log took or failed to take says whether it is reached; being asked for too much at
  /// once does not.
  private CompletionStage<Void> heard(CompletionStage<Void> stored) {
    return stored.whenComplete((_, failure) -> {
      if (failure == null) {
        logReach.reached();
      } else if (failure instanceof PublishRefusedException refused
          && refused.code() == ErrorCode.UNAVAILABLE) {
        logReach.away(String.valueOf(refused.getMessage()));
      }
    });
  }

  private CompletionStage<Void> askLog() {
    return CompletableFuture.runAsync(
        () -> TopicAdmin.await(kafka, List.of(Topics.COMMANDS), Duration.ZERO), checking);
  }

  private void forget(Ended end) {
    if (end instanceof Ended.Erased(var person)) {
      hub.forget(person);
    }
  }

  private boolean isSubscribed(UUID conversation) {
    return hub.isSubscribed(conversation);
  }

  private CompletionStage<Void> keep(PersonalEntry entry) {
    var sealed = new CommandSealer(users).seal(entry);
    return sealed.isEmpty()
        ? CompletableFuture.failedStage(new KeyMissingException(entry.user()))
        : CompletableFuture.supplyAsync(() -> heard(publisher.publish(sealed.get())), publishing)
            .thenCompose(stored -> stored);
  }

  /// From Redis to the hub.
  private final class Pushes implements RedisChannels.Listener {
    @Override
    public void conversation(UUID conversation, byte[] push) {
      switch (PushCodec.decode(push)) {
        case Push.EventPush(var record) -> hub.pushed(EventCodec.decode(record));
        case Push.PresencePush said -> presence.saidHere(conversation, said.online());
        case Push other -> hub.whispered(conversation, other);
      }
    }

    @Override
    public void user(UUID user, byte[] push) {
      switch (PushCodec.decode(push)) {
        case Push.EventPush(var record) -> hub.pushedToUser(user, EventCodec.decode(record));
        case Push other -> hub.whisperedToUser(other);
      }
    }

    @Override
    public void presence(UUID user, byte[] push) {
      if (PushCodec.decode(push) instanceof Push.PresencePush said) {
        presence.said(user, said.online());
      }
    }

    @Override
    public void node(byte[] push) {
      switch (PushCodec.decode(push)) {
        case Push.EventPush(var record) -> hub.pushed(EventCodec.decode(record));
        case Push.OutcomePush(var outcome) -> commands.decided(outcome);
        // None of a node.
        case Push.PersonalPush _, Push.TypingPush _, Push.PresencePush _, Push.ProfilePush _ -> {}
      }
    }

    @Override
    public void returned() {
      hub.reconnected();
      presence.returned();
    }
  }

  private static String required(Optional<String> value, String key) {
    return value
        .filter(text -> !text.isBlank())
        .orElseThrow(() -> new IllegalStateException("Set " + key + ": it has no default"));
  }

  private static HubLimits hubLimits(EdgeConfig.Edge edge) {
    return new HubLimits(
        edge.inlineMax(),
        edge.chunk(),
        edge.aheadMax(),
        edge.catchUpsAtOnce(),
        edge.cursorConversationsMax(),
        edge.resumeTimeout().toMillis(),
        edge.sweep().toMillis(),
        edge.sweepWithoutTails().toMillis(),
        edge.sweepChunk(),
        edge.inboxCheck().toMillis(),
        edge.inboxChecksAtOnce(),
        edge.linger().toMillis(),
        edge.retryFirst().toMillis(),
        edge.retryLast().toMillis());
  }

  private static SessionLimits sessionLimits(EdgeConfig.Edge edge) {
    return new SessionLimits(
        new Limits(
            edge.frameBytesMax(),
            edge.textCharsMax(),
            edge.titleCharsMax(),
            edge.membersMax(),
            edge.mentionsMax()),
        edge.authDeadline().toMillis(),
        edge.framesBeforeAuthMax(),
        edge.malformedMax(),
        edge.heartbeat().toMillis(),
        edge.dead().toMillis(),
        edge.expiryNotice().toMillis(),
        edge.ratePerSecond(),
        edge.rateBurst(),
        edge.refusalsMax(),
        edge.pendingPerSessionMax(),
        edge.headsMax(),
        edge.retryAfter().toMillis(),
        edge.marksFlush().toMillis(),
        edge.marksMax(),
        edge.marksMembersMax(),
        edge.typingEvery().toMillis());
  }
}
