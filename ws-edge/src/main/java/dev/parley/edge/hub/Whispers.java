package dev.parley.edge.hub;

import dev.parley.edge.outbox.Frame;
import dev.parley.schemas.content.ContentReader;
import dev.parley.schemas.personal.PersonalEntry;
import dev.parley.schemas.push.Push;
import dev.parley.schemas.wire.Json;
import dev.parley.schemas.wire.KeyMissingException;
import dev.parley.schemas.wire.PersonalJson;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Pushes without a seq: marks, settings, drafts, typing, profiles. They may be lost; what they say
/// is read again with the next snapshot. On the hub's loop.
final class Whispers {

  private static final Logger LOG = LoggerFactory.getLogger(Whispers.class);

  private final Conversations conversations;
  private final Function<UUID, Iterable<LocalSession>> sessionsOf;
  private final ContentReader reader;

  /// @param sessionsOf the sessions of a person on this node
  Whispers(
      Conversations conversations,
      Function<UUID, Iterable<LocalSession>> sessionsOf,
      ContentReader reader) {
    this.conversations = conversations;
    this.sessionsOf = sessionsOf;
    this.reader = reader;
  }

  /// What a person keeps, to all of their devices.
  void own(PersonalEntry entry) {
    try {
      var frame = Frame.push(PersonalJson.type(entry), PersonalJson.toJson(entry, reader));
      for (var session : sessionsOf.apply(entry.user())) {
        offer(session, frame);
      }
    } catch (KeyMissingException later) {
      LOG.debug("A draft is not told: {}", later.getMessage());
    }
  }

  /// A mark, to the others of the conversation; its owner's devices have it by their own channel.
  void shared(PersonalEntry entry) {
    if (PersonalJson.isShared(entry)) {
      toOthers(
          entry.conversation(),
          entry.user(),
          Frame.push(PersonalJson.type(entry), PersonalJson.toJson(entry, reader)));
    }
  }

  void typing(Push.TypingPush typing) {
    var content = Json.MAPPER.createObjectNode();
    content.put("conversation", typing.conversation().toString());
    content.put("user", typing.user().toString());
    if (typing.thread() != null) {
      content.put("thread", typing.thread().toString());
    }
    toOthers(typing.conversation(), typing.user(), Frame.push("typing", content));
  }

  /// A new profile, to who shares `conversation`, each session once a version.
  void profile(UUID conversation, Push.ProfilePush profile) {
    var here = conversations.find(conversation);
    if (here != null) {
      var frame = frame(profile);
      here.attachments.forEach(attachment -> tell(attachment.session, profile, frame));
    }
  }

  /// To the person's own devices.
  void ownProfile(Push.ProfilePush profile) {
    var frame = frame(profile);
    sessionsOf.apply(profile.user()).forEach(session -> tell(session, profile, frame));
  }

  private static void tell(LocalSession session, Push.ProfilePush profile, Frame frame) {
    if (session.ready && session.isNews(profile.user(), profile.version())) {
      session.offer(frame);
    }
  }

  private static Frame frame(Push.ProfilePush profile) {
    var content = Json.MAPPER.createObjectNode();
    content
        .putObject("user")
        .put("id", profile.user().toString())
        .put("name", profile.name())
        .put("display_name", profile.displayName());
    return Frame.push("profile", content);
  }

  private void toOthers(UUID conversation, UUID user, Frame frame) {
    var here = conversations.find(conversation);
    if (here == null) {
      return;
    }
    for (var attachment : here.attachments) {
      if (!attachment.session.user().equals(user)) {
        offer(attachment.session, frame);
      }
    }
  }

  private static void offer(LocalSession session, Frame frame) {
    if (session.ready) {
      session.offer(frame);
    }
  }
}
