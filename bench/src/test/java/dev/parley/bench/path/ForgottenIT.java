package dev.parley.bench.path;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.bench.check.CommittedLog;
import dev.parley.client.Frames;
import dev.parley.log.KafkaConnection;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Somebody who has written wherever one can write goes, and is forgotten: by every read, and by
/// the log itself.
@Timeout(180)
class ForgottenIT {

  @RegisterExtension static final Town TOWN = new Town();

  private static final String PASSWORD = "correct horse battery staple 4711";

  @Test
  void whoGoesIsForgottenEverywhere() throws Exception {
    var ada = TOWN.person("ada", 0);
    var grace = TOWN.person("grace", 1);
    var name = "leaver-" + hex().substring(0, 12);
    var account = TOWN.rest.register(name, PASSWORD);
    var leaver = TOWN.connected(account, 1);
    var words = new LinkedHashMap<String, String>();
    words.put("display name", "Nightjar" + hex());
    TOWN.call(
            "PATCH",
            leaver,
            "/api/users/me",
            Person.object().put("display_name", words.get("display name")))
        .expectOk();

    var group = ada.create(ConversationKind.GROUP, "To be forgotten", grace, leaver);
    var direct = leaver.direct(grace);
    var message = Ids.uuid7();
    leaver.send(group, message, word(words, "message"));
    var edited = Ids.uuid7();
    leaver.send(group, edited, word(words, "message before it was edited"));
    leaver.done(Frames.edit(group, edited, word(words, "edited message")));
    leaver.send(direct, word(words, "direct message"));
    leaver.done("draft", in(group).put("text", word(words, "draft")));
    leaver.done(
        "schedule",
        in(group)
            .put("message_id", Ids.uuid7().toString())
            .put("text", word(words, "scheduled message"))
            .put("at", Instant.now().plus(Duration.ofHours(1)).toString()));
    var offending = Ids.uuid7();
    ada.send(group, offending, "nothing wrong with it");
    leaver.done(
        "report",
        in(group)
            .put("message_id", offending.toString())
            .put("reason", "other")
            .put("note", word(words, "note of a report")));
    TOWN.message(grace, group, message, m -> m.path("text").asText().startsWith("nightjar"));
    var copy = Ids.uuid7();
    var forward = in(direct).put("message_id", copy.toString());
    forward
        .putObject("from")
        .put("conversation", group.toString())
        .put("message_id", message.toString());
    grace.done("forward", forward);
    TOWN.awaitRead(
        grace,
        "/api/search/messages?q=" + words.get("message"),
        found -> found.path("total").asInt() == 2);

    var receipt =
        TOWN.call("DELETE", leaver, "/api/users/me", Person.object().put("password", PASSWORD))
            .expectOk()
            .body();
    System.out.println("ForgottenIT receipt " + receipt);
    assertThat(receipt.path("user").asText()).isEqualTo(leaver.user().toString());
    assertThat(receipt.path("key_destroyed_at").asText()).isNotEmpty();
    Await.until("the sockets are closed", () -> leaver.seen().closes.contains(4401));

    TOWN.message(grace, group, message, m -> m.path("erased").asBoolean());
    TOWN.message(grace, direct, copy, m -> m.path("erased").asBoolean());
    for (var word : words.values()) {
      TOWN.awaitRead(
          grace, "/api/search/messages?q=" + word, found -> found.path("total").asInt(-1) == 0);
    }
    for (var path :
        List.of(
            "/api/conversations?limit=200",
            "/api/conversations/" + group + "/messages",
            "/api/conversations/" + group + "/events?after=0",
            "/api/conversations/" + group + "/members",
            "/api/conversations/" + group + "/messages/" + edited + "/history",
            "/api/conversations/" + direct + "/messages",
            "/api/conversations/" + direct + "/events?after=0",
            "/api/users?ids=" + leaver.user(),
            "/api/users?q=" + name)) {
      TOWN.awaitRead(
          grace, path, page -> words.values().stream().noneMatch(page.toString()::contains));
    }
    TOWN.awaitRead(
        ada,
        "/api/conversations/" + group + "/reports",
        page -> words.values().stream().noneMatch(page.toString()::contains));
    assertThat(login(name)).isEqualTo(401);
    try (var again =
        RawSocket.live(
            TOWN.stack.edges().getFirst(),
            grace.account().token(),
            "{\"" + group + "\":0,\"" + direct + "\":0}")) {
      assertThat(words.values()).noneMatch(again.all().toString()::contains);
    }

    theLogHoldsNoneOf(words);
    var log =
        CommittedLog.read(
            KafkaConnection.plain(TOWN.stack.kafka()), Set.of(message), Duration.ofMinutes(1));
    assertThat(log.faults()).isEmpty();
  }

  private static int login(String name) {
    return TOWN.rest
        .post("/api/auth/login", null, Person.object().put("name", name).put("password", PASSWORD))
        .status();
  }

  private static void theLogHoldsNoneOf(Map<String, String> words) throws InterruptedException {
    for (var topic : List.of(Topics.COMMANDS, Topics.EVENTS, Topics.REJECTIONS, Topics.MARKS)) {
      var dump = dump(topic);
      assertThat(dump).as(topic).isNotEmpty();
      words.forEach((what, word) ->
          assertThat(dump.stream().anyMatch(record -> record.contains(word)))
              .as(what + " in " + topic)
              .isFalse());
    }
  }

  /// Every record of a topic, as it lies there: its key, headers and value.
  private static List<String> dump(String topic) {
    var records = new ArrayList<String>();
    var config = new HashMap<String, Object>();
    config.put("bootstrap.servers", TOWN.stack.kafka());
    try (var consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      var partitions =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        for (var record : consumer.poll(Duration.ofMillis(200))) {
          var text = new StringBuilder(text(record.key())).append(text(record.value()));
          record.headers().forEach(header -> text.append(text(header.value())));
          records.add(text.toString());
        }
      }
    }
    return records;
  }

  private static String text(byte @org.jspecify.annotations.Nullable [] bytes) {
    return bytes == null ? "" : new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static String word(Map<String, String> words, String what) {
    return words.computeIfAbsent(what, _ -> "nightjar" + hex());
  }

  private static String hex() {
    return UUID.randomUUID().toString().replace("-", "");
  }

  private static ObjectNode in(UUID conversation) {
    return Person.object().put("conversation", conversation.toString());
  }
}
