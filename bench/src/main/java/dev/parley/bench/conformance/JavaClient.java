package dev.parley.bench.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.client.Chat;
import dev.parley.client.ChatListener;
import dev.parley.client.ConnectionState;
import dev.parley.client.ConversationEvent;
import dev.parley.client.Reply;
import dev.parley.client.Tokens;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.wire.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// The library of this project as a client under test; in the same process, or as a program
/// ([#main]) that shows what a driver for any other client looks like.
final class JavaClient implements ClientUnderTest, ChatListener {

  private final Reports reports;
  private @Nullable Chat chat;

  JavaClient(Reports reports) {
    this.reports = reports;
  }

  public static void main(String[] arguments) throws IOException {
    var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (var client = new JavaClient(System.out::println)) {
      for (var line = input.readLine(); line != null; line = input.readLine()) {
        if (Json.MAPPER.readTree(line) instanceof ObjectNode instruction) {
          client.tell(instruction);
        }
      }
    }
  }

  @Override
  public void tell(ObjectNode told) {
    var what = told.path("do").asText();
    if (what.equals("start")) {
      chat =
          Chat.to(URI.create(told.path("url").asText()))
              .edges(List.of(URI.create(told.path("socket").asText())))
              .tokens(new Scripted(told.path("tokens")))
              .listener(this)
              .outbox(1_000, 32, told.path("answer_ms").asLong(10_000))
              .start();
      return;
    }
    var running = chat;
    if (running == null) {
      throw new IllegalStateException("Expected \"start\" first, but got " + told);
    }
    switch (what) {
      case "send" -> {
        var message = id(told, "message_id");
        var unused =
            running
                .send(id(told, "conversation"), message, told.path("text").asText())
                .thenAccept(reply -> answered(message, reply));
      }
      case "read" -> running.read(id(told, "conversation"), told.path("seq").asLong());
      case "stop" -> running.close();
      default -> throw new IllegalStateException("There is no instruction " + what);
    }
  }

  @Override
  public void close() {
    if (chat != null) {
      chat.close();
    }
  }

  @Override
  public void event(ConversationEvent event) {
    var told = object().put("conversation", event.conversation().toString());
    report("event", told.put("seq", event.seq()));
  }

  @Override
  public void gap(UUID conversation, long from, long to) {
    var told = object().put("conversation", conversation.toString());
    report("gap", told.put("from", from).put("to", to));
  }

  @Override
  public void state(ConnectionState state) {
    switch (state) {
      case ConnectionState.Live _ -> report("state", object().put("at", "live"));
      case ConnectionState.Stopped stopped ->
          report("state", object().put("at", "stopped").put("code", stopped.code()));
      case ConnectionState.Connecting _,
          ConnectionState.CatchingUp _,
          ConnectionState.Waiting _ -> {}
    }
  }

  private void answered(UUID message, Reply reply) {
    var told = object().put("message_id", message.toString());
    switch (reply) {
      case Reply.Done done -> told.put("seq", done.seq()).put("duplicate", done.duplicate());
      case Reply.Refused refused -> told.put("code", refused.code());
    }
    report("answer", told);
  }

  private void report(String kind, ObjectNode told) {
    var line = object();
    line.set(kind, told);
    reports.report(line.toString());
  }

  private static UUID id(ObjectNode told, String field) {
    return Ids.required(told.path(field).asText());
  }

  private static ObjectNode object() {
    return Json.MAPPER.createObjectNode();
  }

  /// The tokens of a transcript: each renewal gives the next, the last one for ever.
  private static final class Scripted implements Tokens {
    private final JsonNode tokens;
    private int at;

    Scripted(JsonNode tokens) {
      this.tokens = tokens;
    }

    @Override
    public synchronized CompletionStage<String> fresh() {
      return CompletableFuture.completedFuture(tokens.path(at).asText());
    }

    @Override
    public synchronized CompletionStage<String> renew() {
      at = Math.min(at + 1, tokens.size() - 1);
      return fresh();
    }
  }
}
