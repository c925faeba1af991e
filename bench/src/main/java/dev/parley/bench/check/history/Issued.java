package dev.parley.bench.check.history;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A command, and all that was answered to it: it may be sent by several clients of its author, and
/// again and again by each.
public final class Issued {

  /// What it asks for.
  public enum Kind {
    CREATE,
    SEND,
    /// A message that is to come into being later. Its answer has the seq of something else: of the
    /// order that waits for its time in its author's own conversation.
    SCHEDULE,
    EDIT,
    DELETE,
    REACT,
    UNREACT,
    PIN,
    UNPIN,
    JOIN,
    LEAVE,
    INVITE,
    REMOVE
  }

  /// An answer; no outcome is known of a command without one.
  public sealed interface Answer {

    /// @param duplicate whether it had been decided before
    record Done(String client, long seq, boolean duplicate) implements Answer {}

    record Refused(String client, String code) implements Answer {}
  }

  private final UUID id;
  private final Kind kind;
  private final UUID conversation;
  private final UUID actor;
  private final long text;
  private final long atMillis;
  // Nearly always there is one.
  private final List<Answer> answers = new ArrayList<>(1);

  /// @param id the message's, or the command's
  /// @param text of a message; [Digests#GONE] for anything else
  /// @param atMillis when it was first given to a client
  Issued(UUID id, Kind kind, UUID conversation, UUID actor, long text, long atMillis) {
    this.id = id;
    this.kind = kind;
    this.conversation = conversation;
    this.actor = actor;
    this.text = text;
    this.atMillis = atMillis;
  }

  public UUID id() {
    return id;
  }

  public Kind kind() {
    return kind;
  }

  public UUID conversation() {
    return conversation;
  }

  public UUID actor() {
    return actor;
  }

  public long text() {
    return text;
  }

  public long atMillis() {
    return atMillis;
  }

  public synchronized List<Answer> answers() {
    return List.copyOf(answers);
  }

  /// The first seq that was answered, or null.
  public synchronized @Nullable Long seq() {
    for (var answer : answers) {
      if (answer instanceof Answer.Done done) {
        return done.seq();
      }
    }
    return null;
  }

  /// @return whether it is the first answer
  synchronized boolean answered(Answer answer) {
    answers.add(answer);
    return answers.size() == 1;
  }
}
