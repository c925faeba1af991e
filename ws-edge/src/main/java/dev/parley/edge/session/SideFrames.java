package dev.parley.edge.session;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.edge.history.Reads;
import dev.parley.edge.hub.Hub;
import dev.parley.edge.hub.Receiver;
import dev.parley.edge.hub.Standing;
import dev.parley.edge.loop.Loop;
import dev.parley.edge.presence.Presence;
import dev.parley.log.PublishRefusedException;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.personal.Personal;
import dev.parley.schemas.personal.PersonalEntry;
import dev.parley.schemas.push.Push;
import dev.parley.schemas.wire.KeyMissingException;
import dev.parley.schemas.wire.PersonalInput;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The frames of a session that are no commands: what a member keeps, typing, watching, presence.
/// On the session's loop.
public final class SideFrames {

  private static final Logger LOG = LoggerFactory.getLogger(SideFrames.class);

  private final Receiver self;
  private final Loop loop;
  private final Side side;
  private final SessionLimits limits;
  private final Replies replies;
  private final Marks marks;
  private final LinkedHashMap<UUID, Long> typedAtMillis = new LinkedHashMap<>();

  private boolean live;

  /// What they work with.
  ///
  /// @param typing tells all nodes
  public record Side(
      Hub hub, Keeping keeping, Consumer<Push.TypingPush> typing, Reads reads, Presence presence) {}

  SideFrames(Receiver self, Loop loop, Side side, SessionLimits limits, Replies replies) {
    this.self = self;
    this.loop = loop;
    this.side = side;
    this.limits = limits;
    this.replies = replies;
    this.marks = new Marks(loop, limits.marksFlushMillis(), limits.marksMax(), this::keep);
  }

  /// What waits goes out; the session is over.
  void close() {
    marks.flush();
    side.presence().leave(self);
  }

  /// The session gets live events: its person is online.
  void live() {
    live = true;
    side.presence().enter(self);
  }

  void personal(ClientFrame.Read frame) {
    switch (PersonalInput.read(frame.type(), frame.content(), loop.nowMillis(), limits.input())) {
      case PersonalInput.Refused(var code, var detail) -> replies.refuse(frame.id(), code, detail);
      case PersonalInput.Read(var conversation, var values) ->
          asMember(
              frame.id(),
              conversation,
              standing -> keepAll(frame.id(), conversation, values, standing));
    }
  }

  /// Told to the others of the conversation at most so often; more is passed over without an error,
  /// since a client need not count.
  void typing(ClientFrame.Read frame) {
    var conversation = id(frame, "conversation");
    var thread = id(frame, "thread");
    if (conversation == null) {
      replies.refuse(frame.id(), ErrorCode.INVALID, "\"conversation\" must be an id.");
      return;
    }
    var last = typedAtMillis.get(conversation);
    if (last != null && loop.nowMillis() - last < limits.typingEveryMillis()) {
      replies.ok(frame.id());
      return;
    }
    typedAtMillis.put(conversation, loop.nowMillis());
    if (typedAtMillis.size() > limits.marksMax()) {
      typedAtMillis.pollFirstEntry();
    }
    asMember(
        frame.id(),
        conversation,
        _ -> {
          side.typing().accept(new Push.TypingPush(conversation, self.user(), thread));
          replies.ok(frame.id());
        });
  }

  /// A message ends the typing before it: what is typed next is told at once.
  void sent(ClientFrame.Read frame) {
    var conversation = id(frame, "conversation");
    if (conversation != null) {
      typedAtMillis.remove(conversation);
    }
  }

  void watch(ClientFrame.Read frame) {
    var conversation = id(frame, "conversation");
    if (conversation == null) {
      replies.refuse(frame.id(), ErrorCode.INVALID, "\"conversation\" must be an id.");
      return;
    }
    if (!live) {
      replies.refuse(frame.id(), ErrorCode.INVALID, "Events come after resume: resume first.");
      return;
    }
    side.reads()
        .access(conversation, self.user(), self.isGuest())
        .whenComplete((access, failure) ->
            loop.run(() -> {
              if (access == null) {
                LOG.debug("Access to {} cannot be asked", conversation, failure);
                replies.refuse(frame.id(), ErrorCode.UNAVAILABLE, "The views cannot be asked now.");
              } else if (access.readable()) {
                watch(frame.id(), conversation, access);
              } else {
                replies.refuse(
                    frame.id(), ErrorCode.NOT_FOUND, "There is no such channel, or not for you.");
              }
            }));
  }

  void unwatch(ClientFrame.Read frame) {
    var conversation = id(frame, "conversation");
    if (conversation == null) {
      replies.refuse(frame.id(), ErrorCode.INVALID, "\"conversation\" must be an id.");
      return;
    }
    side.hub().unwatch(self, conversation);
    replies.ok(frame.id());
  }

  void presence(ClientFrame.Read frame) {
    var users = ids(frame, "users");
    var conversations = ids(frame, "conversations");
    if (users == null || conversations == null) {
      replies.refuse(
          frame.id(), ErrorCode.INVALID, "\"users\" and \"conversations\" are lists of ids.");
    } else if (self.isGuest() && !users.isEmpty()) {
      replies.refuse(frame.id(), ErrorCode.SIGN_IN_REQUIRED, "Guests do not follow people.");
    } else if ("presence.unsub".equals(frame.type())) {
      side.presence().unsubscribe(self, users, conversations);
      replies.ok(frame.id());
    } else {
      side.presence()
          .subscribe(self, users, conversations)
          .thenAccept(taken -> subscribed(frame.id(), taken));
    }
  }

  private void subscribed(JsonNode frameId, Presence.Taken taken) {
    switch (taken) {
      case YES -> replies.ok(frameId);
      case TOO_MANY ->
          replies.refuse(
              frameId, ErrorCode.TOO_LARGE, "More people or conversations than one may follow.");
      case NOT_LISTENING ->
          replies.refuse(
              frameId, ErrorCode.NOT_FOUND, "Not a conversation that this session listens to.");
    }
  }

  private void watch(JsonNode frameId, UUID conversation, Reads.Access access) {
    // The answer first: events follow it.
    replies.send(Answers.watching(frameId, access.headSeq()));
    side.hub()
        .watch(self, conversation, access.headSeq(), access.members())
        .thenAccept(listens -> {
          if (!listens) {
            LOG.debug("A session that has not resumed cannot watch {}", conversation);
          }
        });
  }

  private void keepAll(
      JsonNode frameId, UUID conversation, List<Personal> values, Standing standing) {
    for (var i = 0; i < values.size(); i++) {
      var value = values.get(i);
      var entry =
          new PersonalEntry(
              conversation,
              self.user(),
              loop.nowMillis(),
              standing.members() > limits.marksMembersMax(),
              value instanceof Personal.Mark mark ? mark.upTo(standing.head()) : value);
      // One frame, one answer: with the last of its entries.
      var asked = i == values.size() - 1 ? List.of(frameId) : List.<JsonNode>of();
      if (value instanceof Personal.Mark) {
        marks.add(entry, frameId);
      } else {
        keep(entry, asked);
      }
    }
  }

  private void keep(PersonalEntry entry, List<JsonNode> asked) {
    side.keeping()
        .keep(entry)
        .whenComplete((_, failure) -> {
          if (failure == null) {
            asked.forEach(replies::ok);
          } else {
            var code = code(failure);
            LOG.debug("{} of {} is not stored", entry.value(), entry.user(), failure);
            asked.forEach(id -> replies.refuse(id, code, "The log did not take it."));
          }
        });
  }

  private static ErrorCode code(Throwable failure) {
    var cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
    if (cause instanceof PublishRefusedException refused) {
      return refused.code();
    }
    return cause instanceof KeyMissingException ? ErrorCode.UNAVAILABLE : ErrorCode.INTERNAL;
  }

  private void asMember(JsonNode frameId, UUID conversation, Consumer<Standing> then) {
    BiConsumer<@Nullable Standing, @Nullable Throwable> known =
        (standing, _) ->
            loop.run(() -> {
              if (standing == null || !standing.member()) {
                replies.refuse(
                    frameId,
                    ErrorCode.NOT_FOUND,
                    "There is no such conversation, or you are not a member of it.");
              } else {
                then.accept(standing);
              }
            });
    side.hub().standing(self, conversation).whenComplete(known);
  }

  /// None if the field is absent; null: it is no list of ids.
  private static @Nullable Set<UUID> ids(ClientFrame.Read frame, String field) {
    var all = new LinkedHashSet<UUID>();
    var list = frame.content().path(field);
    if (!list.isMissingNode() && !list.isArray()) {
      return null;
    }
    for (var node : list) {
      var id = node.isTextual() ? Ids.parse(node.textValue()) : null;
      if (id == null) {
        return null;
      }
      all.add(id);
    }
    return all;
  }

  private static @Nullable UUID id(ClientFrame.Read frame, String field) {
    var node = frame.content().path(field);
    return node.isTextual() ? Ids.parse(node.textValue()) : null;
  }
}
