package dev.parley.edge.hub;

import dev.parley.edge.hub.Resumes.Resume;
import dev.parley.edge.loop.Loop;
import dev.parley.schemas.content.ContentReader;
import dev.parley.schemas.event.ChainedEvent;
import dev.parley.schemas.event.Event;
import dev.parley.schemas.event.EventData;
import dev.parley.schemas.push.Push;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The node's live delivery: who is here, which conversations they have, and what reaches them.
///
/// Guarantees to each session, per conversation: every event once, in the order of seq, without a
/// hole from where it began; after the event that ends the membership nothing more. One loop owns
/// all of it, so there is no lock on the way of an event.
public final class Hub {

  private static final Logger LOG = LoggerFactory.getLogger(Hub.class);

  private final Loop loop;
  private final Feed feed;
  private final Inbox inbox;
  private final HubLimits limits;
  private final HubCounters counters = new HubCounters();
  private final EventFrames frames;
  private final Conversations conversations;
  private final Backlog backlog;
  private final Resumes resumes;
  private final Whispers whispers;
  private final Map<UUID, LocalSession> sessions = new HashMap<>();
  private final Map<UUID, Person> people = new HashMap<>();
  private boolean sweeping;
  private int inboxChecks;

  /// The sessions of one person on this node.
  private static final class Person {
    final Set<LocalSession> sessions = new LinkedHashSet<>();
    final CompletionStage<Void> subscribed;
    long checkAtMillis;
    boolean checking;

    Person(CompletionStage<Void> subscribed) {
      this.subscribed = subscribed;
    }
  }

  /// What the hub works with.
  ///
  /// @param frameBytesMax bytes of encoded events kept for sessions that come next
  /// @param sight told of every event that this node sees, in whatever order and possibly twice
  public record Surroundings(
      String epoch,
      Loop loop,
      Feed feed,
      EventSource source,
      Inbox inbox,
      ContentReader reader,
      long frameBytesMax,
      Consumer<Event> sight) {}

  public Hub(Surroundings around, HubLimits limits) {
    this.loop = around.loop();
    this.feed = around.feed();
    this.inbox = around.inbox();
    this.limits = limits;
    this.frames = new EventFrames(around.reader(), around.frameBytesMax());
    this.conversations =
        new Conversations(loop, feed, around.source(), frames, around.sight(), limits, counters);
    this.whispers = new Whispers(conversations, this::sessionsOf, around.reader());
    this.backlog = new Backlog(loop, around.source(), conversations, limits);
    this.resumes = new Resumes(around.epoch(), loop, inbox, conversations, backlog, limits);
  }

  /// Begins to sweep.
  public void start() {
    loop.after(limits.sweepMillis(), this::tick);
  }

  public HubCounters counters() {
    return counters;
  }

  /// Whether this node gets the conversation's pushes. From any thread.
  public boolean isSubscribed(UUID conversation) {
    return conversations.isSubscribed(conversation);
  }

  /// Conversations that somebody here listens to, or did lately. From any thread.
  public int conversations() {
    return conversations.count();
  }

  /// Conversations that have got no further for so long although there is more. From any thread.
  public Stuck stuck(long millis) {
    return conversations.stuck(millis);
  }

  /// Makes a session ready and live. From any thread. Completes just before `ready` is sent; fails
  /// if that is not possible in time, and the session may ask again.
  public CompletionStage<Void> resume(Receiver receiver, Position position) {
    var accepted = new CompletableFuture<Void>();
    loop.run(() -> resume(receiver, position, accepted));
    return accepted;
  }

  /// The session is gone. From any thread.
  public void leave(Receiver receiver) {
    loop.run(() -> leave(receiver.id()));
  }

  /// The person was erased: nothing of theirs is given once more from memory. From any thread.
  public void forget(UUID person) {
    loop.run(() -> frames.forget(person));
  }

  /// An event came on its conversation's channel or on the node's. On the loop.
  public void pushed(ChainedEvent chained) {
    conversations.pushed(chained);
  }

  /// An event came on a person's channel: it changes which conversations they have. On the loop.
  public void pushedToUser(UUID user, ChainedEvent chained) {
    conversations.pushed(chained);
    var person = people.get(user);
    if (person == null) {
      return;
    }
    var event = chained.event();
    switch (event.data()) {
      case EventData.MemberJoined(var joined, _) when joined.equals(user) ->
          new ArrayList<>(person.sessions).forEach(session -> joined(session, chained));
      case EventData.ConversationCreated _ when event.actor().equals(user) ->
          new ArrayList<>(person.sessions).forEach(session -> joined(session, chained));
      case EventData.MemberLeft(var left) when left.equals(user) ->
          person.sessions.forEach(session -> session.joinsBeforeReady.remove(event.conversation()));
      case EventData.MemberRemoved(var removed) when removed.equals(user) ->
          person.sessions.forEach(session -> session.joinsBeforeReady.remove(event.conversation()));
      case EventData.ConversationCreated _,
          EventData.MemberJoined _,
          EventData.MemberLeft _,
          EventData.MemberRemoved _,
          EventData.MemberRoleChanged _,
          EventData.MessageSent _,
          EventData.MessageEdited _,
          EventData.MessageDeleted _,
          EventData.ConversationChanged _,
          EventData.ConversationArchived _,
          EventData.MemberMuted _,
          EventData.MemberBanned _,
          EventData.MemberUnbanned _,
          EventData.ReactionAdded _,
          EventData.ReactionRemoved _,
          EventData.MessagePinned _,
          EventData.MessageUnpinned _,
          EventData.ChannelAdded _,
          EventData.ChannelRemoved _,
          EventData.MessageScheduled _,
          EventData.ScheduleEnded _ -> {}
    }
  }

  /// Something without a seq came on the channel of a conversation. On the loop.
  public void whispered(UUID conversation, Push push) {
    switch (push) {
      case Push.PersonalPush(var entry) -> whispers.shared(entry);
      case Push.TypingPush typing -> whispers.typing(typing);
      case Push.ProfilePush profile -> whispers.profile(conversation, profile);
      case Push.EventPush _, Push.OutcomePush _, Push.PresencePush _ -> {}
    }
  }

  /// Something without a seq came on the channel of a person. On the loop.
  public void whisperedToUser(Push push) {
    switch (push) {
      case Push.PersonalPush(var entry) -> whispers.own(entry);
      case Push.ProfilePush profile -> whispers.ownProfile(profile);
      case Push.EventPush _, Push.OutcomePush _, Push.PresencePush _, Push.TypingPush _ -> {}
    }
  }

  /// What a client says that it has: where it has less than it was given, it is given the rest
  /// again, or told of a gap. From any thread.
  public void compareHeads(Receiver receiver, Map<UUID, Long> heads) {
    loop.run(() -> {
      var session = sessions.get(receiver.id());
      if (session != null) {
        heads.forEach((id, head) -> {
          var attachment = session.attachments.get(id);
          if (attachment != null && attachment.live) {
            backlog.again(attachment, head);
          }
        });
      }
    });
  }

  /// How the session stands to a conversation; null: it does not listen to it. From any thread.
  public CompletionStage<@Nullable Standing> standing(Receiver receiver, UUID conversation) {
    var standing = new CompletableFuture<@Nullable Standing>();
    loop.run(() -> {
      var session = sessions.get(receiver.id());
      var attachment = session == null ? null : session.attachments.get(conversation);
      standing.complete(
          attachment == null
              ? null
              : new Standing(
                  !attachment.watching,
                  attachment.conversation.highest,
                  attachment.conversation.members));
    });
    return standing;
  }

  /// Whether the session listens to the conversation. On the loop.
  public boolean listens(Receiver receiver, UUID conversation) {
    var session = sessions.get(receiver.id());
    return session != null && session.attachments.containsKey(conversation);
  }

  /// Live events of a conversation that the session's person may read without being a member, from
  /// the one after `head` on. Nothing new if it listens already. From any thread.
  ///
  /// @return completes once it listens; false: the session has not resumed, or is gone
  public CompletionStage<Boolean> watch(Receiver receiver, UUID id, long head, long members) {
    var watching = new CompletableFuture<Boolean>();
    loop.run(() -> {
      var session = sessions.get(receiver.id());
      if (session == null || !session.ready) {
        watching.complete(false);
      } else if (session.attachments.containsKey(id)) {
        watching.complete(true);
      } else {
        var conversation = conversations.open(id, head);
        conversation.members = members;
        var attachment = new Attachment(session, conversation);
        attachment.watching = true;
        attachment.next = head + 1;
        attachment.floor = head + 1;
        conversations.attach(attachment);
        backlog.catchUp(attachment, () -> watching.complete(true));
      }
    });
    return watching;
  }

  /// No more of a conversation that the session only watches. From any thread.
  public void unwatch(Receiver receiver, UUID id) {
    loop.run(() -> {
      var session = sessions.get(receiver.id());
      var attachment = session == null ? null : session.attachments.get(id);
      if (attachment != null && attachment.watching) {
        conversations.detach(attachment);
      }
    });
  }

  private Iterable<LocalSession> sessionsOf(UUID user) {
    var person = people.get(user);
    return person == null ? List.of() : List.copyOf(person.sessions);
  }

  /// All is subscribed again after Redis was away: pushes were missed. On the loop.
  public void reconnected() {
    LOG.info("Subscribed again: {} conversations are compared", conversations.count());
    checkAllInboxes();
    sweep();
  }

  private void resume(Receiver receiver, Position position, CompletableFuture<Void> accepted) {
    if (sessions.containsKey(receiver.id())) {
      accepted.completeExceptionally(new IllegalStateException("Already resumed"));
      return;
    }
    var session = new LocalSession(receiver);
    sessions.put(receiver.id(), session);
    var person = people.computeIfAbsent(receiver.user(), this::arrived);
    person.sessions.add(session);
    var late =
        loop.after(
            limits.resumeTimeoutMillis(),
            () -> accepted.completeExceptionally(new TimeoutException("Not ready in time")));
    accepted.whenComplete((_, failure) -> {
      late.cancel();
      if (failure == null) {
        counters.resumed();
        loop.run(() -> joinsMeanwhile(session));
      } else {
        loop.run(() -> leave(session));
      }
    });
    person.subscribed.whenComplete(
        (_, _) -> loop.run(() -> resumes.begin(new Resume(session, position, accepted))));
  }

  private Person arrived(UUID user) {
    var person = new Person(feed.subscribeUser(user));
    person.checkAtMillis = loop.nowMillis() + limits.inboxCheckMillis();
    return person;
  }

  private void leave(UUID id) {
    var session = sessions.get(id);
    if (session != null) {
      leave(session);
    }
  }

  private void leave(LocalSession session) {
    session.gone = true;
    sessions.remove(session.receiver.id(), session);
    new ArrayList<>(session.attachments.values()).forEach(conversations::detach);
    var person = people.get(session.user());
    if (person != null && person.sessions.remove(session) && person.sessions.isEmpty()) {
      people.remove(session.user());
      feed.unsubscribeUser(session.user());
    }
  }

  private void joined(LocalSession session, ChainedEvent chained) {
    var id = chained.event().conversation();
    var seq = chained.event().seq();
    var attachment = session.attachments.get(id);
    if (attachment != null) {
      attachment.watching = false;
      attachment.rejoinSeq = Math.max(attachment.rejoinSeq, seq);
    } else if (!session.ready) {
      session.joinsBeforeReady.putIfAbsent(id, seq);
    } else if (!session.isBeforeDeparture(id, seq)) {
      attachJoined(session, id, seq);
      conversations.pushed(chained);
    }
  }

  private void joinsMeanwhile(LocalSession session) {
    session.joinsBeforeReady.forEach((id, seq) -> {
      if (!session.gone && !session.attachments.containsKey(id)) {
        conversations.heardOf(attachJoined(session, id, seq), seq);
      }
    });
    session.joinsBeforeReady.clear();
  }

  private Conversation attachJoined(LocalSession session, UUID id, long seq) {
    var conversation = conversations.openToJoin(id, seq);
    var attachment = new Attachment(session, conversation);
    attachment.next = seq;
    attachment.floor = seq;
    var clientHead = session.clientHead(id, seq - 1);
    if (clientHead + 1 < seq) {
      session.offer(HubFrames.gap(id, clientHead + 1, seq - 1));
    }
    attachment.silentThrough = clientHead;
    conversations.attach(attachment);
    backlog.catchUp(attachment, () -> {});
    return conversation;
  }

  private void tick() {
    sweep();
    checkInboxes();
    loop.after(conversations.sweepMillis(), this::tick);
  }

  private void sweep() {
    if (!sweeping) {
      sweeping = true;
      conversations.sweep(this::tailVanished, () -> sweeping = false);
    }
  }

  /// Redis forgot the tail, so it can no longer tell what was missed; the views can, in a while.
  private void tailVanished(Conversation conversation) {
    var soon = loop.nowMillis() + limits.sweepMillis();
    for (var attachment : conversation.attachments) {
      var person = people.get(attachment.session.user());
      if (person != null) {
        person.checkAtMillis = Math.min(person.checkAtMillis, soon);
      }
    }
  }

  private void checkAllInboxes() {
    people.values().forEach(person -> person.checkAtMillis = loop.nowMillis());
    checkInboxes();
  }

  /// Asks the views again, now and then: pushes to a person have no seq that could show a lost one.
  private void checkInboxes() {
    var due = new ArrayDeque<Map.Entry<UUID, Person>>();
    for (var person : people.entrySet()) {
      if (person.getValue().checkAtMillis <= loop.nowMillis() && !person.getValue().checking) {
        due.add(person);
      }
    }
    while (inboxChecks < limits.inboxChecksAtOnce() && !due.isEmpty()) {
      var person = due.remove();
      check(person.getKey(), person.getValue());
    }
  }

  private void check(UUID user, Person person) {
    if (person.sessions.stream().allMatch(session -> session.receiver.isGuest())) {
      person.checkAtMillis = Long.MAX_VALUE;
      return;
    }
    person.checking = true;
    inboxChecks++;
    inbox
        .of(user)
        .whenComplete((inbox, failure) -> loop.run(() -> checked(person, inbox, failure)));
  }

  private void checked(
      Person person, Inbox.@Nullable Snapshot snapshot, @Nullable Throwable failure) {
    inboxChecks--;
    person.checking = false;
    person.checkAtMillis = loop.nowMillis() + limits.inboxCheckMillis();
    if (snapshot == null) {
      LOG.debug("An inbox could not be compared", failure);
      return;
    }
    for (var session : new ArrayList<>(person.sessions)) {
      if (session.ready && !session.gone) {
        snapshot.items().forEach(item -> compare(session, item));
      }
    }
    checkInboxes();
  }

  private void compare(LocalSession session, Inbox.Item item) {
    var attachment = session.attachments.get(item.conversation());
    if (attachment != null) {
      attachment.watching = false;
      conversations.heardOf(attachment.conversation, item.headSeq());
    } else if (!session.isBeforeDeparture(item.conversation(), item.headSeq())) {
      resumes.attachFound(session, item);
    }
  }
}
