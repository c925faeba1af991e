package dev.parley.bench.load;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.client.Account;
import dev.parley.client.Backoff;
import dev.parley.client.Chat;
import dev.parley.client.ChatListener;
import dev.parley.client.Frames;
import dev.parley.client.Network;
import dev.parley.client.Rest;
import dev.parley.client.Tokens;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.wire.Json;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

/// A running Parley, and people made for this run.
///
/// @param edges WebSocket addresses; people are spread over them
public record Stage(Network network, Rest rest, List<URI> edges) implements AutoCloseable {

  private static final int REGISTRATIONS_AT_ONCE = 4;
  private static final long ANSWER_LIMIT_SECONDS = 60;
  // A run does not wait as long as a person would.
  private static final Backoff BACKOFF = new Backoff(100, 5_000);
  private static final int UNANSWERED_MAX = 10_000;
  private static final int FLYING_MAX = 256;
  private static final long RESEND_AFTER_MILLIS = 6_000;

  public Stage {
    edges = List.copyOf(edges);
  }

  public static Stage open(URI origin, List<URI> edges, int loops) {
    return new Stage(new Network(loops), new Rest(origin), edges);
  }

  /// New people, with names that no other run uses.
  public List<Account> people(int count) throws InterruptedException {
    var run = UUID.randomUUID().toString().substring(0, 8);
    try (var pool = Executors.newFixedThreadPool(REGISTRATIONS_AT_ONCE)) {
      var registrations =
          IntStream.range(0, count)
              .mapToObj(i -> pool.submit(() -> register("b-" + run + "-" + i)))
              .toList();
      var people = new ArrayList<Account>();
      for (var registration : registrations) {
        people.add(get(registration));
      }
      return people;
    }
  }

  /// A socket of this person, on the edge of that number and after a loss on the next one.
  public Chat chat(Account account, int edge, ChatListener listener) {
    return chat(Tokens.of(rest, account), edge, listener);
  }

  /// The same for somebody with several clients: all of them share their tokens.
  public Chat chat(Tokens tokens, int edge, ChatListener listener) {
    var turned =
        IntStream.range(0, edges.size())
            .mapToObj(i -> edges.get((edge + i) % edges.size()))
            .toList();
    return Chat.to(turned.getFirst())
        .edges(turned)
        .tokens(tokens)
        .network(network)
        .rest(rest)
        .listener(listener)
        .backoff(BACKOFF)
        .outbox(UNANSWERED_MAX, FLYING_MAX, RESEND_AFTER_MILLIS)
        .start();
  }

  /// A group of these people, made by the owner of the socket.
  public UUID group(Chat creator, String title, List<Account> members) throws InterruptedException {
    var d = Json.MAPPER.createObjectNode();
    d.put("conversation", Ids.uuid7().toString()).put("kind", "group").put("title", title);
    return create(creator, d, members);
  }

  public UUID direct(Chat creator, Account other) throws InterruptedException {
    var d = Json.MAPPER.createObjectNode().put("kind", "direct");
    return create(creator, d, List.of(other));
  }

  private UUID create(Chat creator, ObjectNode d, List<Account> members)
      throws InterruptedException {
    var ids = d.putArray("members");
    members.forEach(member -> ids.add(member.user().toString()));
    var done = get(creator.submit(Frames.command("create", d))).expectDone();
    return Ids.required(done.body().path("conversation").asText());
  }

  /// The value, or its failure; waits a minute at most.
  public static <T> T get(Future<T> future) throws InterruptedException {
    try {
      return future.get(ANSWER_LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException failed) {
      throw new IllegalStateException("Expected an answer, but got " + failed, failed);
    }
  }

  @Override
  public void close() {
    network.close();
    rest.close();
  }

  private Account register(String name) {
    return rest.register(name, "bench " + UUID.randomUUID());
  }
}
