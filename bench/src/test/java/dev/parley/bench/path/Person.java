package dev.parley.bench.path;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.bench.client.Account;
import dev.parley.bench.client.Chat;
import dev.parley.bench.client.ChatListener;
import dev.parley.bench.client.Network;
import dev.parley.bench.client.Reply;
import dev.parley.bench.client.Rest;
import dev.parley.bench.load.Stage;
import dev.parley.schemas.wire.Json;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/// Somebody with a socket, and all that came through it.
final class Person implements AutoCloseable {

  private final Account account;
  private final Chat chat;
  private final List<JsonNode> events = new CopyOnWriteArrayList<>();

  private Person(Network network, Rest rest, Account account, URI edge) {
    this.account = account;
    this.chat =
        Chat.start(
            network,
            rest,
            account,
            List.of(edge),
            new ChatListener() {
              @Override
              public void event(JsonNode event, long receivedNanos) {
                events.add(event);
              }
            });
  }

  static Person connect(Network network, Rest rest, Account account, URI edge)
      throws InterruptedException {
    var person = new Person(network, rest, account, edge);
    Stage.get(person.chat.live());
    return person;
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

  Reply ask(String type, ObjectNode d) throws InterruptedException {
    return Stage.get(chat.ask(type, d));
  }

  Reply.Done send(UUID conversation, UUID message, String text) throws InterruptedException {
    return Stage.get(chat.send(conversation, message, text)).expectDone();
  }

  List<JsonNode> events(UUID conversation) {
    return events.stream()
        .filter(event -> event.path("conversation").asText().equals(conversation.toString()))
        .toList();
  }

  List<JsonNode> events() {
    return List.copyOf(events);
  }

  JsonNode awaitEvent(UUID conversation, long seq) throws InterruptedException {
    return Await.value(
        account.name() + " sees seq " + seq + " of " + conversation,
        () ->
            events(conversation).stream()
                .filter(event -> event.path("seq").asLong() == seq)
                .findFirst());
  }

  @Override
  public void close() {
    chat.close();
  }

  static ObjectNode object() {
    return Json.MAPPER.createObjectNode();
  }
}
