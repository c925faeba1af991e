package dev.parley.search.access;

import java.util.List;
import java.util.UUID;

/// What somebody may find of a conversation.
///
/// @param intervals ascending, apart, at most the last one open
public record Reach(UUID conversation, List<Interval> intervals) {

  private static final List<Interval> EVERYTHING = List.of(new Interval(1, null));

  public Reach {
    intervals = List.copyOf(intervals);
  }

  /// The same rule as that of the views: who is there finds everything, or what came in their stays
  /// if history is from joining; who left or was removed, what came in their stays.
  ///
  /// @param fromJoining the conversation's rule as it is now
  public static Reach of(AccessRow.Member member, boolean fromJoining) {
    return new Reach(
        member.conversation(), member.isPresent() && !fromJoining ? EVERYTHING : member.stays());
  }

  public boolean isEverything() {
    return intervals.equals(EVERYTHING);
  }

  public boolean holds(long seq) {
    return intervals.stream().anyMatch(interval -> interval.holds(seq));
  }
}
