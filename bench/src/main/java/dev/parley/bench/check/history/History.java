package dev.parley.bench.check.history;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.client.Reply;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the clients of one run did, were answered and were told. Kept in memory as ids and numbers,
/// and line by line in the journal. Safe from any thread.
public final class History implements AutoCloseable {

  private record Reading(UUID conversation, UUID user) {}

  private final Journal journal;
  private final Map<UUID, Issued> commands = new ConcurrentHashMap<>();
  private final List<ClientHistory> clients = new CopyOnWriteArrayList<>();
  private final Map<UUID, Person> people = new ConcurrentHashMap<>();
  private final Map<UUID, UUID> owners = new ConcurrentHashMap<>();
  private final Map<Reading, Marks> marks = new ConcurrentHashMap<>();
  private final LongAdder answered = new LongAdder();
  private final LongAdder refused = new LongAdder();

  public History(Journal journal) {
    this.journal = journal;
  }

  /// Somebody who may have no client, and reads.
  public void person(Person person) {
    people.putIfAbsent(person.user(), person);
  }

  /// What a new client of this person is told goes here.
  public ClientHistory client(String name, Person person) {
    person(person);
    var client = new ClientHistory(name, person.user(), journal);
    clients.add(client);
    return client;
  }

  /// A conversation that nobody writes to but the people of the run.
  ///
  /// @param owner who is a member from its first to its last event
  public void conversation(UUID conversation, UUID owner) {
    owners.put(conversation, owner);
  }

  /// A client is about to send a command, the first time or again.
  ///
  /// @param text of a message; [Digests#GONE] for anything else
  public void issued(
      ClientHistory client, Issued.Kind kind, UUID conversation, UUID id, long text) {
    commands.computeIfAbsent(
        id,
        _ -> new Issued(id, kind, conversation, client.user(), text, System.currentTimeMillis()));
    note(
        client,
        "sent",
        line ->
            line.put("kind", kind.name())
                .put("conversation", conversation.toString())
                .put("id", id.toString())
                .put("text", text));
  }

  /// @throws IllegalStateException for a command that was not issued
  public void answered(ClientHistory client, UUID id, Reply reply) {
    var issued = commands.get(id);
    if (issued == null) {
      throw new IllegalStateException("Expected " + id + " to be issued, but it was not");
    }
    switch (reply) {
      case Reply.Done done -> {
        if (issued.answered(new Issued.Answer.Done(client.name(), done.seq(), done.duplicate()))) {
          answered.increment();
        }
        note(
            client,
            "answered",
            line ->
                line.put("id", id.toString())
                    .put("seq", done.seq())
                    .put("duplicate", done.duplicate()));
      }
      // Says nothing of the outcome: it stays unknown.
      case Reply.Refused refusal when refusal.temporary() ->
          note(
              client, "put off", line -> line.put("id", id.toString()).put("code", refusal.code()));
      case Reply.Refused refusal -> {
        if (issued.answered(new Issued.Answer.Refused(client.name(), refusal.code()))) {
          refused.increment();
        }
        note(client, "refused", line -> line.put("id", id.toString()).put("code", refusal.code()));
      }
    }
  }

  /// A client is about to say how far its person has read.
  public void marking(ClientHistory client, UUID conversation, long seq) {
    marks(conversation, client.user()).issued(seq);
    note(
        client,
        "reading",
        line -> line.put("conversation", conversation.toString()).put("seq", seq));
  }

  public void marked(ClientHistory client, UUID conversation, long seq, Reply reply) {
    var mark = marks(conversation, client.user());
    switch (reply) {
      case Reply.Done _ -> mark.stored(seq);
      case Reply.Refused refusal when refusal.temporary() -> {}
      case Reply.Refused _ -> mark.refused(seq);
    }
    note(
        client,
        "read",
        line ->
            line.put("conversation", conversation.toString())
                .put("seq", seq)
                .put("done", reply instanceof Reply.Done));
  }

  public List<ClientHistory> clients() {
    return List.copyOf(clients);
  }

  public Collection<Person> people() {
    return List.copyOf(people.values());
  }

  public @Nullable Person person(UUID user) {
    return people.get(user);
  }

  /// Those that nobody else writes to.
  public Set<UUID> conversations() {
    return Set.copyOf(owners.keySet());
  }

  /// @throws IllegalArgumentException for a conversation of others
  public UUID owner(UUID conversation) {
    var owner = owners.get(conversation);
    if (owner == null) {
      throw new IllegalArgumentException("Expected a conversation of the run: " + conversation);
    }
    return owner;
  }

  public Collection<Issued> commands() {
    return commands.values();
  }

  public @Nullable Issued command(UUID id) {
    return commands.get(id);
  }

  public Marks marks(UUID conversation, UUID user) {
    return marks.computeIfAbsent(new Reading(conversation, user), _ -> new Marks());
  }

  /// Commands that were answered with a seq.
  public long answered() {
    return answered.sum();
  }

  /// Commands that were refused for good.
  public long refused() {
    return refused.sum();
  }

  /// The messages and commands that the log must hold.
  public Set<UUID> answeredIds() {
    return commands.values().stream()
        .filter(issued -> issued.seq() != null)
        .map(Issued::id)
        .collect(Collectors.toSet());
  }

  @Override
  public void close() throws IOException {
    journal.close();
  }

  private void note(ClientHistory client, String what, Consumer<ObjectNode> content) {
    journal.note(client.name(), what, content);
  }
}
