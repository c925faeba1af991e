package dev.parley.edge.hub;

import dev.parley.edge.loop.Loop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Makes a session ready: subscribe, read the snapshot, compare positions, send `ready`, the
/// backlog, `live`. Since subscribing comes first and the fan-out passes over who is not live yet,
/// there is neither a hole nor a double between backlog and live. On the hub's loop.
final class Resumes {

  private final String epoch;
  private final Loop loop;
  private final Inbox inbox;
  private final Conversations conversations;
  private final Backlog backlog;
  private final HubLimits limits;

  Resumes(
      String epoch,
      Loop loop,
      Inbox inbox,
      Conversations conversations,
      Backlog backlog,
      HubLimits limits) {
    this.epoch = epoch;
    this.loop = loop;
    this.inbox = inbox;
    this.conversations = conversations;
    this.backlog = backlog;
    this.limits = limits;
  }

  /// One session on its way to `live`.
  ///
  /// @param accepted completes just before `ready` is sent
  record Resume(LocalSession session, Position position, CompletableFuture<Void> accepted) {}

  /// Begins once pushes for the person arrive.
  void begin(Resume resume) {
    if (resume.session().receiver.isGuest()) {
      open(resume, new Inbox.Snapshot(List.of(), false), null);
      return;
    }
    inbox
        .of(resume.session().user())
        .whenComplete((snapshot, failure) -> loop.run(() -> open(resume, snapshot, failure)));
  }

  /// A conversation that a snapshot names and the session does not listen to: it begins at the
  /// join; one who was there before is told what lies between.
  void attachFound(LocalSession session, Inbox.Item item) {
    var attachment = attach(session, item);
    backlog.place(attachment, item, session.clientHead(item.conversation(), item.joinedSeq() - 1));
    backlog.catchUp(attachment, () -> {});
  }

  private void open(Resume resume, Inbox.@Nullable Snapshot snapshot, @Nullable Throwable failure) {
    if (resume.session().gone || resume.accepted().isDone()) {
      return;
    }
    if (snapshot == null) {
      resume
          .accepted()
          .completeExceptionally(
              failure == null ? new IllegalStateException("No snapshot") : failure);
      return;
    }
    var items = snapshot.items();
    var waiting = new int[] {items.size() + 1};
    Runnable counted =
        () -> {
          if (--waiting[0] == 0) {
            start(resume, snapshot);
          }
        };
    for (var item : items) {
      var attachment = attach(resume.session(), item);
      conversations.whenSubscribed(attachment.conversation, counted);
    }
    counted.run();
  }

  private Attachment attach(LocalSession session, Inbox.Item item) {
    var conversation = conversations.open(item.conversation(), item.headSeq());
    conversation.members = item.json().path("members_count").asLong();
    var attachment = new Attachment(session, conversation);
    attachment.floor = item.joinedSeq();
    conversations.attach(attachment);
    return attachment;
  }

  private void start(Resume resume, Inbox.Snapshot inbox) {
    var session = resume.session();
    if (session.gone || resume.accepted().isDone()) {
      return;
    }
    var items = inbox.items();
    var heads = heads(resume.position(), session, items);
    resume.accepted().complete(null);
    var snapshot = new LinkedHashMap<UUID, Long>();
    items.forEach(item ->
        snapshot.put(
            item.conversation(),
            heads == null
                ? item.headSeq()
                : heads.getOrDefault(item.conversation(), item.headSeq())));
    var epochChanged = resume.position() instanceof Position.Elsewhere;
    session.offer(
        HubFrames.ready(
            session.receiver,
            new HubFrames.Way(epoch, cursor(snapshot), heads != null, epochChanged),
            inbox));
    session.ready = true;
    var behind = new ArrayDeque<Attachment>();
    for (var item : items) {
      var attachment = session.attachments.get(item.conversation());
      if (attachment != null && !attachment.ended) {
        backlog.place(attachment, item, snapshot.getOrDefault(item.conversation(), 0L));
        behind.add(attachment);
      }
    }
    new CatchUps(session, behind).go();
  }

  /// What the client has, or null if it has nothing of this log or says it has what does not exist.
  private @Nullable Map<UUID, Long> heads(
      Position position, LocalSession session, List<Inbox.Item> items) {
    return switch (position) {
      case Position.Nowhere() -> null;
      case Position.Unknown() -> null;
      case Position.Elsewhere() -> null;
      case Position.Heads(var heads) -> {
        var future =
            items.stream()
                .anyMatch(item -> {
                  var attachment = session.attachments.get(item.conversation());
                  var head = heads.getOrDefault(item.conversation(), 0L);
                  return attachment != null && head > attachment.conversation.highest;
                });
        yield future ? null : heads;
      }
    };
  }

  /// The backlogs of one session, a few at a time, then `live`.
  private final class CatchUps {
    private final LocalSession session;
    private final Queue<Attachment> behind;
    private int running;
    private boolean starting;

    CatchUps(LocalSession session, Queue<Attachment> behind) {
      this.session = session;
      this.behind = behind;
    }

    void go() {
      if (starting) {
        return;
      }
      starting = true;
      while (running < limits.catchUpsAtOnce() && !behind.isEmpty()) {
        running++;
        backlog.catchUp(behind.remove(), this::done);
      }
      starting = false;
      if (running == 0) {
        session.offer(HubFrames.live(cursor(positions(session))));
      }
    }

    private void done() {
      running--;
      go();
    }
  }

  private static Map<UUID, Long> positions(LocalSession session) {
    var positions = new LinkedHashMap<UUID, Long>();
    for (var attachment : new ArrayList<>(session.attachments.values())) {
      positions.put(
          attachment.conversation.id, Math.max(attachment.next - 1, attachment.silentThrough));
    }
    return positions;
  }

  /// Empty if the person has more conversations than a cursor may name: then heads are needed.
  private String cursor(Map<UUID, Long> positions) {
    return positions.size() > limits.cursorConversationsMax()
        ? ""
        : new Cursor(epoch, positions).encode();
  }
}
