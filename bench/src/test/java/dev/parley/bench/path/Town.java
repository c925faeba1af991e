package dev.parley.bench.path;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.bench.load.Stage;
import dev.parley.client.Account;
import dev.parley.client.Answer;
import dev.parley.client.Network;
import dev.parley.client.Rest;
import dev.parley.schemas.wire.Json;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// The people of one test class on the running stack; all go home at its end.
final class Town implements AfterAllCallback {

  final RunningStack stack = RunningStack.here();
  final Network network = new Network(1);
  final Rest rest = new Rest(stack.origin());
  private final List<AutoCloseable> open = new ArrayList<>();

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    for (var one : open.reversed()) {
      one.close();
    }
    network.close();
    rest.close();
  }

  /// Somebody new, on the edge of that number.
  Person person(String name, int edge) throws InterruptedException {
    return connected(account(name), edge);
  }

  Account account(String name) {
    var unique = name + "-" + UUID.randomUUID().toString().substring(0, 8);
    return rest.register(unique, "correct horse " + UUID.randomUUID());
  }

  /// Another device of the same person.
  Person device(Person person, int edge) throws InterruptedException {
    return connected(person.account(), edge);
  }

  Person connected(Account account, int edge) throws InterruptedException {
    return connected(account, stack.edges().get(edge));
  }

  Person connected(Account account, URI... edges) throws InterruptedException {
    var person = Person.connect(network, rest, account, edges);
    open.add(person);
    return person;
  }

  /// Follows a public channel as soon as the views know it.
  void watch(Person person, UUID channel) throws InterruptedException {
    awaitRead(person, "/api/conversations/" + channel, read -> read.has("conversation"));
    Stage.get(person.chat().watch(channel)).expectDone();
  }

  Answer call(String method, Person caller, String path, ObjectNode body) {
    return rest.send(method, path, caller.account().token(), body);
  }

  Answer call(String method, Person caller, String path) {
    return call(method, caller, path, Person.object());
  }

  /// What a read says, as soon as it is as wanted: views follow the log.
  JsonNode awaitRead(Person reader, String path, Predicate<JsonNode> wanted)
      throws InterruptedException {
    var last = new JsonNode[] {Json.MAPPER.nullNode()};
    try {
      return Await.value(
          reader.account().name() + " reads " + path,
          () -> {
            last[0] = rest.get(path, reader.account().token()).body();
            return wanted.test(last[0]) ? Optional.of(last[0]) : Optional.empty();
          });
    } catch (AssertionError late) {
      throw new AssertionError(late.getMessage() + "; it last said " + last[0], late);
    }
  }

  /// A message as a reader sees it, once the view is that far.
  JsonNode message(Person reader, UUID conversation, UUID message, Predicate<JsonNode> wanted)
      throws InterruptedException {
    return awaitRead(reader, "/api/conversations/" + conversation + "/messages/" + message, wanted);
  }

  /// The conversation in its member's inbox.
  JsonNode item(Person reader, UUID conversation, Predicate<JsonNode> wanted)
      throws InterruptedException {
    var inbox =
        awaitRead(
            reader,
            "/api/conversations?limit=200",
            page -> {
              var item = in(page, conversation);
              return item != null && wanted.test(item);
            });
    return Objects.requireNonNull(in(inbox, conversation));
  }

  private static @Nullable JsonNode in(JsonNode inbox, UUID conversation) {
    for (var item : inbox.path("conversations")) {
      if (item.path("conversation").asText().equals(conversation.toString())) {
        return item;
      }
    }
    return null;
  }

  /// All of them, and REST, have the same events in the same order up to this seq.
  void allAgree(UUID conversation, long from, long to, Person... people)
      throws InterruptedException {
    var path = "/api/conversations/" + conversation + "/events?limit=500&after=" + (from - 1);
    var stored =
        awaitRead(people[0], path, page -> page.path("events").size() >= to - from + 1)
            .path("events");
    for (var person : people) {
      person.awaitEvent(conversation, to);
      var seen =
          person.events(conversation).stream()
              .filter(event -> event.path("seq").asLong() >= from)
              .filter(event -> event.path("seq").asLong() <= to)
              .map(Town::told)
              .toList();
      var read = new ArrayList<String>();
      for (var event : stored) {
        if (event.path("seq").asLong() <= to) {
          read.add(told(event));
        }
      }
      assertThat(seen).as(person.account().name() + " and the log").isEqualTo(read);
    }
  }

  private static String told(JsonNode event) {
    return event.path("seq")
        + " "
        + event.path("type")
        + " "
        + event.path("id")
        + " "
        + event.path("actor")
        + " "
        + event.path("data");
  }
}
