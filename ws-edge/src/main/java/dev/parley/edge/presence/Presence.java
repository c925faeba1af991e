package dev.parley.edge.presence;

import dev.parley.edge.hub.Receiver;
import dev.parley.edge.loop.Loop;
import dev.parley.edge.presence.Leases.Here;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who is online, and who has which conversation on screen, for the sessions of this node that
/// asked.
///
/// What this node has is renewed once an interval and given back at once; what its sessions asked
/// for is read again once an interval, too, so that a node that died without a word is noticed when
/// its leases end, and a store that forgot everything is right again. Methods may be called from
/// any thread, but for those that say otherwise; all state is the loop's.
public final class Presence {

  private static final Logger LOG = LoggerFactory.getLogger(Presence.class);

  private final Loop loop;
  private final Leases leases;
  private final PresenceFeed feed;
  private final BiPredicate<Receiver, UUID> listens;
  private final PresenceLimits limits;
  private final Map<UUID, Subscriber> subscribers = new HashMap<>();
  private final Map<UUID, Set<UUID>> online = new HashMap<>();
  private final Map<Here, Set<UUID>> here = new HashMap<>();
  private final Map<UUID, Watched<Boolean>> users = new HashMap<>();
  private final Map<UUID, Watched<Leases.Counts>> conversations = new HashMap<>();
  private final Set<UUID> changedUsers = new LinkedHashSet<>();
  private final Set<Here> changedHere = new LinkedHashSet<>();
  private final Set<UUID> usersToAsk = new LinkedHashSet<>();
  private final Set<UUID> conversationsToAsk = new LinkedHashSet<>();

  /// People and conversations of which somebody said that it became less, which is believed of a
  /// store that has forgotten the others, too.
  private final Set<UUID> saidToLeave = new HashSet<>();

  private boolean holding;
  private boolean asking;

  /// What one session asked for.
  private record Subscriber(Receiver receiver, Set<UUID> users, Set<UUID> conversations) {
    Subscriber(Receiver receiver) {
      this(receiver, new HashSet<>(), new HashSet<>());
    }
  }

  /// The answer to a subscription, of which either all is taken or nothing.
  public enum Taken {
    YES,
    TOO_MANY,
    NOT_LISTENING
  }

  /// @param listens whether a session listens to a conversation; asked on `loop`
  public Presence(
      Loop loop,
      Leases leases,
      PresenceFeed feed,
      BiPredicate<Receiver, UUID> listens,
      PresenceLimits limits) {
    this.loop = loop;
    this.leases = leases;
    this.feed = feed;
    this.listens = listens;
    this.limits = limits;
  }

  /// Begins to renew.
  public void start() {
    loop.after(limits.renewalMillis(), this::tick);
  }

  /// A session is live: its person is online, unless it is a guest.
  public void enter(Receiver receiver) {
    if (!receiver.isGuest()) {
      loop.run(() -> {
        if (online.computeIfAbsent(receiver.user(), _ -> new HashSet<>()).add(receiver.id())) {
          change(receiver.user());
        }
      });
    }
  }

  /// The session is gone.
  public void leave(Receiver receiver) {
    loop.run(() -> {
      var devices = online.get(receiver.user());
      if (devices != null && devices.remove(receiver.id()) && devices.isEmpty()) {
        online.remove(receiver.user());
        change(receiver.user());
      }
      var gone = subscribers.remove(receiver.id());
      if (gone != null) {
        gone.users().forEach(user -> forgetUser(gone, user));
        gone.conversations().forEach(conversation -> forgetConversation(gone, conversation));
      }
    });
  }

  /// The session hears of these people and conversations from now on, and is counted in the latter.
  public CompletionStage<Taken> subscribe(
      Receiver receiver, Set<UUID> wantedUsers, Set<UUID> wantedConversations) {
    var taken = new CompletableFuture<Taken>();
    loop.run(() -> taken.complete(subscribeNow(receiver, wantedUsers, wantedConversations)));
    return taken;
  }

  /// No more of these.
  public void unsubscribe(Receiver receiver, Set<UUID> noUsers, Set<UUID> noConversations) {
    loop.run(() -> {
      var subscriber = subscribers.get(receiver.id());
      if (subscriber != null) {
        noUsers.stream().filter(subscriber.users()::remove).forEach(u -> forgetUser(subscriber, u));
        noConversations.stream()
            .filter(subscriber.conversations()::remove)
            .forEach(c -> forgetConversation(subscriber, c));
      }
    });
  }

  /// Some node says that a person came or went. On the loop.
  public void said(UUID user, boolean online) {
    if (users.containsKey(user)) {
      said(user, online, usersToAsk);
    }
  }

  /// Some node says that somebody came to the conversation, or went. On the loop.
  public void saidHere(UUID conversation, boolean online) {
    if (conversations.containsKey(conversation)) {
      said(conversation, online, conversationsToAsk);
    }
  }

  private void said(UUID id, boolean online, Set<UUID> toAsk) {
    if (!online) {
      saidToLeave.add(id);
    }
    toAsk.add(id);
    askSoon();
  }

  private void changed(UUID user) {
    if (users.containsKey(user)) {
      usersToAsk.add(user);
      askSoon();
    }
  }

  /// The store is back, and may have forgotten everything. On the loop.
  public void returned() {
    renew();
  }

  private Taken subscribeNow(Receiver receiver, Set<UUID> moreUsers, Set<UUID> moreConversations) {
    var subscriber = subscribers.getOrDefault(receiver.id(), new Subscriber(receiver));
    if (union(subscriber.users(), moreUsers) > limits.usersMax()
        || union(subscriber.conversations(), moreConversations) > limits.conversationsMax()) {
      return Taken.TOO_MANY;
    }
    if (!moreConversations.stream().allMatch(id -> listens.test(receiver, id))) {
      return Taken.NOT_LISTENING;
    }
    subscribers.put(receiver.id(), subscriber);
    for (var user : moreUsers) {
      if (subscriber.users().add(user)) {
        watchUser(receiver, user);
      }
    }
    for (var conversation : moreConversations) {
      if (subscriber.conversations().add(conversation)) {
        watchConversation(receiver, conversation);
      }
    }
    return Taken.YES;
  }

  private static int union(Set<UUID> some, Set<UUID> more) {
    return some.size() + (int) more.stream().filter(id -> !some.contains(id)).count();
  }

  private void watchUser(Receiver receiver, UUID user) {
    var watched = users.get(user);
    if (watched == null) {
      watched = new Watched<>();
      users.put(user, watched);
      // A change before the subscription stands is seen by asking once more after it.
      feed.subscribePresence(user).thenRun(() -> loop.run(() -> changed(user)));
    }
    watched.add(receiver);
    usersToAsk.add(user);
    askSoon();
  }

  private void watchConversation(Receiver receiver, UUID conversation) {
    conversations.computeIfAbsent(conversation, _ -> new Watched<>()).add(receiver);
    var one = here(receiver, conversation);
    if (here.computeIfAbsent(one, _ -> new HashSet<>()).add(receiver.id())) {
      change(one);
    }
    conversationsToAsk.add(conversation);
    askSoon();
  }

  private void forgetUser(Subscriber subscriber, UUID user) {
    var watched = users.get(user);
    if (watched != null && watched.remove(subscriber.receiver())) {
      users.remove(user);
      saidToLeave.remove(user);
      feed.unsubscribePresence(user);
    }
  }

  private void forgetConversation(Subscriber subscriber, UUID conversation) {
    var watched = conversations.get(conversation);
    if (watched != null && watched.remove(subscriber.receiver())) {
      conversations.remove(conversation);
      saidToLeave.remove(conversation);
    }
    var one = here(subscriber.receiver(), conversation);
    var devices = here.get(one);
    if (devices != null && devices.remove(subscriber.receiver().id()) && devices.isEmpty()) {
      here.remove(one);
      change(one);
      saidHere(conversation, false);
    }
  }

  private static Here here(Receiver receiver, UUID conversation) {
    return new Here(
        conversation, receiver.isGuest() ? receiver.id() : receiver.user(), receiver.isGuest());
  }

  private void change(UUID user) {
    changedUsers.add(user);
    holdSoon();
    changed(user);
  }

  private void change(Here one) {
    changedHere.add(one);
    holdSoon();
  }

  /// Many changes of one moment go in one batch.
  private void holdSoon() {
    if (!holding) {
      holding = true;
      loop.run(this::hold);
    }
  }

  private void hold() {
    holding = false;
    hold(
        new Leases.Holding(
            changedUsers.stream().filter(online::containsKey).toList(),
            changedUsers.stream().filter(user -> !online.containsKey(user)).toList(),
            changedHere.stream().filter(here::containsKey).toList(),
            changedHere.stream().filter(one -> !here.containsKey(one)).toList()));
    changedUsers.clear();
    changedHere.clear();
  }

  private void hold(Leases.Holding holding) {
    if (!holding.isEmpty()) {
      leases
          .hold(holding)
          .exceptionally(away -> {
            LOG.debug("Leases are not held until the next renewal: {}", away.toString());
            return null;
          });
    }
  }

  private void tick() {
    loop.after(limits.renewalMillis(), this::tick);
    renew();
  }

  private void renew() {
    endOfListening();
    hold(
        new Leases.Holding(
            List.copyOf(online.keySet()), List.of(), List.copyOf(here.keySet()), List.of()));
    usersToAsk.addAll(users.keySet());
    conversationsToAsk.addAll(conversations.keySet());
    ask();
  }

  /// Who is no member any more, or watches no longer, is not counted and not told.
  private void endOfListening() {
    for (var subscriber : subscribers.values()) {
      for (var conversation : new ArrayList<>(subscriber.conversations())) {
        if (!listens.test(subscriber.receiver(), conversation)) {
          subscriber.conversations().remove(conversation);
          forgetConversation(subscriber, conversation);
        }
      }
    }
  }

  private void askSoon() {
    if (!asking) {
      asking = true;
      loop.after(
          limits.coalesceMillis(),
          () -> {
            asking = false;
            ask();
          });
    }
  }

  private void ask() {
    if (!usersToAsk.isEmpty()) {
      leases
          .statuses(List.copyOf(usersToAsk))
          .whenComplete((look, failure) ->
              loop.run(() -> {
                if (failure == null) {
                  look.values().forEach((user, status) -> told(user, status, look.whole()));
                }
              }));
    }
    if (!conversationsToAsk.isEmpty()) {
      leases
          .counts(List.copyOf(conversationsToAsk))
          .whenComplete((look, failure) ->
              loop.run(() -> {
                if (failure == null) {
                  look.values().forEach((id, counts) -> told(id, counts, look.whole()));
                }
              }));
    }
    usersToAsk.clear();
    conversationsToAsk.clear();
  }

  private void told(UUID user, Leases.Status status, boolean whole) {
    var watched = users.get(user);
    if (watched == null) {
      return;
    }
    // Whoever is here is online, even while the store has forgotten it.
    var isOnline = status.online() || online.containsKey(user);
    var last = watched.last();
    var isLess = !isOnline && last != null && last;
    if (isBelieved(user, isLess, whole)) {
      watched.is(
          isOnline,
          PresenceFrames.presence(user, new Leases.Status(isOnline, status.lastSeenMillis())));
    }
  }

  private void told(UUID conversation, Leases.Counts counts, boolean whole) {
    var watched = conversations.get(conversation);
    if (watched == null) {
      return;
    }
    var last = watched.last();
    var isLess = last != null && !counts.isAtLeast(last);
    if (isBelieved(conversation, isLess, whole)) {
      watched.is(counts, PresenceFrames.counts(conversation, counts));
    }
  }

  /// Less than before may be forgotten, not gone.
  private boolean isBelieved(UUID id, boolean isLess, boolean whole) {
    return saidToLeave.remove(id) || !isLess || whole;
  }
}
