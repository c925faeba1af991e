package dev.parley.bench.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// All events of one conversation as the log has them, and what follows from them.
public final class ConversationLog {

  /// The seqs of a membership, both ends included.
  ///
  /// @param to of the event that ended it; [Long#MAX_VALUE]: it lasts
  public record Stay(long from, long to) {
    public boolean lasts() {
      return to == Long.MAX_VALUE;
    }
  }

  private final UUID conversation;
  private final List<Logged> events = new ArrayList<>();
  private final Map<UUID, Logged> firstOf = new HashMap<>();
  private final Map<UUID, List<Stay>> stays = new HashMap<>();
  private final Set<Long> identities = new HashSet<>();

  public ConversationLog(UUID conversation) {
    this.conversation = conversation;
  }

  void add(Logged event) {
    events.add(event);
    firstOf.putIfAbsent(event.command(), event);
    identities.add(event.identity());
    var about = event.about();
    if (about == null) {
      return;
    }
    switch (event.type()) {
      case "member.joined" ->
          stays
              .computeIfAbsent(about, _ -> new ArrayList<>())
              .add(new Stay(event.seq(), Long.MAX_VALUE));
      case "member.left", "member.removed" -> end(about, event.seq());
      // A type is any text of the log's.
      default -> {}
    }
  }

  public UUID conversation() {
    return conversation;
  }

  /// In the order of the log.
  public List<Logged> events() {
    return events;
  }

  /// The last seq; 0: the log has nothing of it.
  public long head() {
    return events.isEmpty() ? 0 : events.getLast().seq();
  }

  /// The event with this seq, or null.
  public @Nullable Logged at(long seq) {
    if (seq >= 1 && seq <= events.size() && events.get((int) seq - 1).seq() == seq) {
      return events.get((int) seq - 1);
    }
    return events.stream().filter(event -> event.seq() == seq).findFirst().orElse(null);
  }

  /// The first event of a message or command, or null.
  public @Nullable Logged firstOf(UUID command) {
    return firstOf.get(command);
  }

  /// Whether any event looks like this one; [Logged#identity].
  public boolean holds(long identity) {
    return identities.contains(identity);
  }

  public Set<UUID> everMembers() {
    return Set.copyOf(stays.keySet());
  }

  public List<Stay> stays(UUID user) {
    return List.copyOf(stays.getOrDefault(user, List.of()));
  }

  public boolean hasMember(UUID user) {
    return stays(user).stream().anyMatch(Stay::lasts);
  }

  public boolean isChannel() {
    return created().startsWith("channel ");
  }

  /// Whether this person may read this seq now: all of a channel, the time of their stays, and all
  /// if members see what was before them.
  public boolean mayRead(UUID user, long seq) {
    return isChannel()
        || during(user, seq)
        || (created().endsWith(" from_start") && hasMember(user));
  }

  /// Whether this person may have been told this seq: in their stays, or, where members see what
  /// was before them, before one that came later. Who created it is told so.
  public boolean mayHaveRead(UUID user, long seq) {
    return isChannel()
        || during(user, seq)
        || (seq == 1 && events.getFirst().actor().equals(user))
        || (created().endsWith(" from_start")
            && stays(user).stream().anyMatch(stay -> stay.from() > seq));
  }

  /// Messages up to this seq.
  public long ordinalAt(long seq) {
    var event = at(Math.min(seq, head()));
    return event == null ? 0 : event.ordinal();
  }

  private boolean during(UUID user, long seq) {
    return stays(user).stream().anyMatch(stay -> stay.from() <= seq && seq <= stay.to());
  }

  private String created() {
    return events.isEmpty() ? "" : events.getFirst().detail();
  }

  private void end(UUID user, long seq) {
    var all = stays.get(user);
    if (all != null && all.getLast().lasts()) {
      all.set(all.size() - 1, new Stay(all.getLast().from(), seq));
    }
  }
}
