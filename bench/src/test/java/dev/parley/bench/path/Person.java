package dev.parley.bench.path;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.bench.load.Stage;
import dev.parley.client.Account;
import dev.parley.client.Backoff;
import dev.parley.client.Chat;
import dev.parley.client.ChatListener;
import dev.parley.client.ConversationEvent;
import dev.parley.client.Frame;
import dev.parley.client.Frames;
import dev.parley.client.Network;
import dev.parley.client.Push;
import dev.parley.client.Ready;
import dev.parley.client.Reply;
import dev.parley.client.Rest;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.wire.Json;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Somebody with a socket, and all that came through it.
final class Person implements AutoCloseable {

  private final Account account;
  private final Chat chat;
  private final Seen seen;

  /// What a client told.
  static final class Seen implements ChatListener {
    final List<JsonNode> events = new CopyOnWriteArrayList<>();
    final List<Push> pushes = new CopyOnWriteArrayList<>();
    final List<Ready> readies = new CopyOnWriteArrayList<>();
    final List<String> gaps = new CopyOnWriteArrayList<>();
    final List<Integer> closes = new CopyOnWriteArrayList<>();

    @Override
    public void event(ConversationEvent event) {
      events.add(event.json());
    }

    @Override
    public void push(Push push) {
      pushes.add(push);
    }

    @Override
    public void ready(Ready ready) {
      readies.add(ready);
    }

    @Override
    public void gap(UUID conversation, long from, long to) {
      gaps.add(conversation + " " + from + ".." + to);
    }

    @Override
    public void ended(int code, String reason) {
      closes.add(code);
    }
  }

  private Person(Account account, Chat chat, Seen seen) {
    this.account = account;
    this.chat = chat;
    this.seen = seen;
  }

  static Person connect(Network network, Rest rest, Account account, URI... edges)
      throws InterruptedException {
    var seen = new Seen();
    var chat =
        Chat.to(edges[0])
            .edges(List.of(edges))
            .account(account)
            .network(network)
            .rest(rest)
            .listener(seen)
            .backoff(new Backoff(100, 2_000))
            .start();
    Stage.get(chat.live());
    return new Person(account, chat, seen);
  }

  Account account() {
    return account;
  }

  UUID user() {
    return account.user();
  }

  Chat chat() {
    return chat;
  }

  Seen seen() {
    return seen;
  }

  /// The answer to a command, which must be a success.
  Reply.Done done(Frame frame) throws InterruptedException {
    return Stage.get(chat.submit(frame)).expectDone();
  }

  Reply.Done done(String type, ObjectNode d) throws InterruptedException {
    return done(Frames.command(type, d));
  }

  /// The code that a frame is refused with, or "done".
  String outcome(Frame frame) throws InterruptedException {
    return switch (Stage.get(chat.ask(frame))) {
      case Reply.Done _ -> "done";
      case Reply.Refused refused -> refused.code();
    };
  }

  Reply.Done send(UUID conversation, UUID message, String text) throws InterruptedException {
    return Stage.get(chat.send(conversation, message, text)).expectDone();
  }

  Reply.Done send(UUID conversation, String text) throws InterruptedException {
    return send(conversation, Ids.uuid7(), text);
  }

  UUID direct(Person other) throws InterruptedException {
    return conversation(done(Frames.direct(other.user())));
  }

  UUID self() throws InterruptedException {
    return conversation(done(Frames.self()));
  }

  UUID create(ConversationKind kind, String title, Person... members) throws InterruptedException {
    var id = Ids.uuid7();
    done(Frames.create(kind, id, title, Stream.of(members).map(Person::user).toList()));
    return id;
  }

  static UUID conversation(Reply.Done created) {
    return Ids.required(created.body().path("conversation").asText());
  }

  List<JsonNode> events(UUID conversation) {
    return seen.events.stream()
        .filter(event -> event.path("conversation").asText().equals(conversation.toString()))
        .toList();
  }

  JsonNode awaitEvent(UUID conversation, long seq) throws InterruptedException {
    return Await.value(
        account.name() + " sees seq " + seq + " of " + conversation,
        () ->
            events(conversation).stream()
                .filter(event -> event.path("seq").asLong() == seq)
                .findFirst());
  }

  /// The first push of this kind, past or coming, that is as wanted.
  <T extends Push> T awaitPush(Class<T> kind, Predicate<T> wanted) throws InterruptedException {
    return Await.value(
        account.name() + " is told of a " + kind.getSimpleName(),
        () ->
            seen.pushes.stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .filter(wanted)
                .findFirst());
  }

  /// A read that must succeed.
  JsonNode get(Rest rest, String path) {
    return rest.get(path, account.token()).expectOk().body();
  }

  @Override
  public void close() {
    chat.close();
  }

  static ObjectNode object() {
    return Json.MAPPER.createObjectNode();
  }
}
