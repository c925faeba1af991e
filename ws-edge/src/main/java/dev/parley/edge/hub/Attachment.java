package dev.parley.edge.hub;

import dev.parley.schemas.event.Event;
import dev.parley.schemas.event.EventData;

/// One session that listens to one conversation. It is given each event from `next` on exactly once
/// and in order, first from the backlog, then live.
final class Attachment {

  final LocalSession session;
  final Conversation conversation;

  /// The seq that the session is given next.
  long next;

  /// Up to here events are read, for what they say about membership, but not sent: the client has
  /// them.
  long silentThrough;

  /// Whether live events are handed over; before, the backlog is read.
  boolean live;

  /// A join heard of on the person's channel while the session still listens: what it goes on from
  /// after an older removal.
  long rejoinSeq;

  /// Whether the session has stopped listening.
  boolean ended;

  /// The first seq that the session may be given at all.
  long floor;

  /// Whether the session's person only watches, without being a member.
  boolean watching;

  /// Attempts in vain to read the backlog.
  int attempts;

  Attachment(LocalSession session, Conversation conversation) {
    this.session = session;
    this.conversation = conversation;
  }

  /// Whether the event ends the membership of the session's person.
  boolean isEndedBy(Event event) {
    return switch (event.data()) {
      case EventData.MemberLeft(var user) -> user.equals(session.user());
      case EventData.MemberRemoved(var user) -> user.equals(session.user());
      case EventData.ConversationCreated _,
          EventData.MemberJoined _,
          EventData.MemberRoleChanged _,
          EventData.MessageSent _,
          EventData.MessageEdited _,
          EventData.MessageDeleted _,
          EventData.ConversationChanged _,
          EventData.ConversationArchived _,
          EventData.MemberMuted _,
          EventData.MemberUnbanned _,
          EventData.ReactionAdded _,
          EventData.ReactionRemoved _,
          EventData.MessagePinned _,
          EventData.MessageUnpinned _,
          EventData.ChannelAdded _,
          EventData.ChannelRemoved _,
          EventData.MessageScheduled _,
          EventData.ScheduleEnded _ ->
          false;
      // Of one who watches without being a member; a member was removed just before.
      case EventData.MemberBanned(var user, _, _) -> user.equals(session.user());
    };
  }
}
