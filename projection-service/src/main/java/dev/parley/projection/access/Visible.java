package dev.parley.projection.access;

import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.conversation.HistoryVisibility;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The seqs of a conversation that a person may read, as spans in ascending order that do not
/// touch.
///
/// They end at the head that was seen together with the membership: what is read by them afterwards
/// cannot hold anything that came after a removal.
public record Visible(List<Span> spans) {

  public Visible {
    spans = List.copyOf(spans);
  }

  /// Both ends included.
  public record Span(long from, long to) {}

  /// @param leftSeq null: still there
  public record Stay(long joinedSeq, @Nullable Long leftSeq) {}

  /// A channel is read by everybody; anything else by its members: from the start, or the time of
  /// their stays. Who left or was removed keeps the time of their stays.
  ///
  /// @param stays in ascending order
  /// @return null if they may not even know that it exists
  public static @Nullable Visible of(
      ConversationKind kind, HistoryVisibility history, long head, List<Stay> stays) {
    boolean member = stays.stream().anyMatch(stay -> stay.leftSeq() == null);
    return switch (kind) {
      case CHANNEL -> all(head);
      case SELF, DIRECT, GROUP, SPACE ->
          stays.isEmpty()
              ? null
              : switch (history) {
                case FROM_START -> member ? all(head) : during(stays, head);
                case FROM_JOINING -> during(stays, head);
              };
    };
  }

  private static Visible all(long head) {
    return new Visible(List.of(new Span(1, head)));
  }

  private static Visible during(List<Stay> stays, long head) {
    var spans = new ArrayList<Span>();
    for (var stay : stays) {
      long to = stay.leftSeq() == null ? head : Math.min(stay.leftSeq(), head);
      var last = spans.isEmpty() ? null : spans.getLast();
      if (last != null && stay.joinedSeq() <= last.to() + 1) {
        spans.set(spans.size() - 1, new Span(last.from(), Math.max(last.to(), to)));
      } else {
        spans.add(new Span(stay.joinedSeq(), to));
      }
    }
    return new Visible(spans);
  }

  public long first() {
    return spans.getFirst().from();
  }

  public long last() {
    return spans.getLast().to();
  }

  public boolean contains(long seq) {
    return spans.stream().anyMatch(span -> span.from() <= seq && seq <= span.to());
  }

  /// The part from `from` to `to`, both included.
  public Visible within(long from, long to) {
    return new Visible(
        spans.stream()
            .map(span -> new Span(Math.max(span.from(), from), Math.min(span.to(), to)))
            .filter(span -> span.from() <= span.to())
            .toList());
  }

  public Long[] froms() {
    return spans.stream().map(Span::from).toArray(Long[]::new);
  }

  public Long[] tos() {
    return spans.stream().map(Span::to).toArray(Long[]::new);
  }
}
