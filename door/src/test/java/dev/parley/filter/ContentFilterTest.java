package dev.parley.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.parley.schemas.command.Command;
import dev.parley.schemas.content.Attachment;
import dev.parley.schemas.content.Body;
import dev.parley.schemas.content.Content;
import dev.parley.schemas.id.Ids;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ContentFilterTest {

  private static final String SECRET = "a secret of the hook";
  private static final UUID PLACE = UUID.randomUUID();
  private static final UUID ADA = UUID.randomUUID();
  private static final int CONVERTER_PRIORITY = 200;

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final List<ContentFilter> made = new ArrayList<>();

  @AfterEach
  void close() {
    made.forEach(filter -> filter.stop(new ShutdownEvent()));
  }

  @Test
  void nothingConfiguredIsIdleAndPassesAtOnce() {
    var filter = filter(Map.of());
    assertThat(filter.isIdle()).isTrue();
    var judged = filter.judge(send("anything"), PLACE, Ids.uuid7(), ADA).toCompletableFuture();
    assertThat(judged).isCompletedWithValue(new Judgement.Pass());
    assertThat(meters.getMeters()).isEmpty();
  }

  @Test
  void theHookIsToldWhatIsWrittenAndMayCheckThatWeAsk() throws Exception {
    try (var server = new HookServer()) {
      var filter = hooked(server, Map.of());
      var message = Ids.uuid7();
      assertThat(judge(filter, send("hello"), message)).isEqualTo(new Judgement.Pass());

      var call = server.calls.remove();
      var json = call.json();
      assertThat(json.path("conversation").asText()).isEqualTo(PLACE.toString());
      assertThat(json.path("actor").asText()).isEqualTo(ADA.toString());
      assertThat(json.path("message").asText()).isEqualTo(message.toString());
      assertThat(json.path("kind").asText()).isEqualTo("send");
      assertThat(json.path("text").asText()).isEqualTo("hello");
      assertThat(json.path("attachments").path(0).asText()).isEqualTo("plan.pdf");
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      assertThat(call.signature())
          .isEqualTo("sha256=" + HexFormat.of().formatHex(mac.doFinal(call.body())));
    }
  }

  @Test
  void theHookHoldsAndRejectsWithAReason() throws Exception {
    try (var server = new HookServer()) {
      var filter = hooked(server, Map.of());
      server.answers(200, "{\"judgement\":\"hold\",\"reason\":\"looks like\\nspam\"}");
      assertThat(judge(filter, send("x"), Ids.uuid7()))
          .isEqualTo(new Judgement.Hold("looks like spam"));
      server.answers(
          200, "{\"judgement\":\"reject\",\"reason\":\"%s\"}".formatted("a".repeat(1_000)));
      assertThat(judge(filter, send("x"), Ids.uuid7()))
          .isEqualTo(new Judgement.Reject("a".repeat(200)));
      assertThat(count("parley.filter.judged", "judgement", "hold")).isEqualTo(1);
      assertThat(count("parley.filter.judged", "judgement", "reject")).isEqualTo(1);
    }
  }

  @Test
  void whatCannotWaitForAModeratorIsRejectedInstead() throws Exception {
    try (var server = new HookServer()) {
      var filter = hooked(server, Map.of());
      server.answers(200, "{\"judgement\":\"hold\"}");
      var send = send("x");
      assertThat(judge(filter, new Command.EditMessage(Ids.uuid7(), send.body()), Ids.uuid7()))
          .isInstanceOf(Judgement.Reject.class);
      assertThat(
              judge(filter, new Command.ScheduleMessage(PLACE, Ids.uuid7(), send, 1), Ids.uuid7()))
          .isInstanceOf(Judgement.Reject.class);
      assertThat(server.calls.stream().map(call -> kind(call))).containsExactly("edit", "schedule");
    }
  }

  @Test
  void commandsThatWriteNothingAreNotAsked() throws Exception {
    try (var server = new HookServer()) {
      var filter = hooked(server, Map.of());
      assertThat(judge(filter, new Command.DeleteMessage(Ids.uuid7()), Ids.uuid7()))
          .isEqualTo(new Judgement.Pass());
      assertThat(server.calls).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "500|{\"judgement\":\"pass\"}|status",
        "302|{\"judgement\":\"pass\"}|status",
        "200|no JSON|answer",
        "200|{\"judgement\":\"perhaps\"}|answer",
        "200|[]|answer",
      })
  void aWrongAnswerIsNoJudgement(int status, String answer, String cause) throws Exception {
    try (var server = new HookServer()) {
      server.answers(status, answer);
      assertFails(server.url(), cause);
    }
  }

  @Test
  void aHugeAnswerIsNotReadToItsEnd() throws Exception {
    try (var server = new HookServer()) {
      server.answers(200, "{\"judgement\":\"pass\",\"reason\":\"" + "a".repeat(50_000_000) + "\"}");
      assertFails(server.url(), "connection");
    }
  }

  @Test
  void aHookThatIsDownIsAFailure() throws Exception {
    String url;
    try (var server = new HookServer()) {
      url = server.url();
    }
    assertFails(url, "connection");
  }

  @Test
  void aSlowHookCostsItsBudgetAndNoMore() throws Exception {
    try (var server = new HookServer()) {
      server.isSilent();
      var filter = hooked(server, Map.of("budget", "200ms", "on-failure", "closed"));
      assertThat(judge(filter, send("x"), Ids.uuid7())).isEqualTo(new Judgement.Unjudged());
      assertThat(count("parley.filter.failed", "cause", "late")).isEqualTo(1);
    }
  }

  @Test
  void overTheBoundOfCallsNobodyWaits() throws Exception {
    try (var server = new HookServer()) {
      server.isSilent();
      var filter =
          hooked(server, Map.of("budget", "20s", "at-once-max", "2", "on-failure", "closed"));
      var waiting =
          IntStream.range(0, 2)
              .mapToObj(_ -> filter.judge(send("x"), PLACE, Ids.uuid7(), ADA).toCompletableFuture())
              .toList();
      assertThat(filter.judge(send("x"), PLACE, Ids.uuid7(), ADA).toCompletableFuture())
          .isCompletedWithValue(new Judgement.Unjudged());
      assertThat(waiting).noneMatch(CompletableFuture::isDone);
      assertThat(count("parley.filter.failed", "cause", "bound")).isEqualTo(1);
    }
  }

  @Test
  void callsThatFailedLeaveRoomForOthers() throws Exception {
    try (var server = new HookServer()) {
      var filter = hooked(server, Map.of("at-once-max", "1", "on-failure", "closed"));
      server.answers(500, "");
      for (var i = 0; i < 5; i++) {
        assertThat(judge(filter, send("x"), Ids.uuid7())).isEqualTo(new Judgement.Unjudged());
      }
      server.answers(200, "{\"judgement\":\"pass\"}");
      assertThat(judge(filter, send("x"), Ids.uuid7())).isEqualTo(new Judgement.Pass());
      assertThat(count("parley.filter.failed", "cause", "status")).isEqualTo(5);
    }
  }

  @Test
  void aHookWithoutASecretDoesNotStart() {
    assertThatThrownBy(() -> filter(Map.of("url", "http://127.0.0.1:1/")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("PARLEY_FILTER_SECRET");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Spam!",
        "so much SPÄM here",
        "buy   now",
        "Buy-Now",
        "s\u00ADp\u200Bam",
        "ＳＰＡＭ",
        "grosse STRASSE",
        "das ist Großmäulig",
        "ΛΌΓΟΣ λόγος",
        "это СЛОВО",
        "这是坏话吗",
        "นี่คำหยาบนะ",
        "גַּנָּב",
      })
  void aWordIsFoundWholeInAnyScriptAndHoweverItIsWritten(String text) {
    assertThat(list().isIn(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"spammer", "antispam", "buy it now", "now buy", "坏了的话", "слова", "", "s p a m"})
  void partsOfOtherWordsAreNot(String text) {
    assertThat(list().isIn(text)).isFalse();
  }

  @Test
  void vowelsThatAreMarksMakeAnotherWord() {
    assertThat(new WordList(List.of("कि")).isIn("का")).isFalse();
    assertThat(new WordList(List.of("が")).isIn("か")).isFalse();
  }

  @Test
  void aWordHoldsOrRejectsWithoutTheHook() throws Exception {
    try (var server = new HookServer()) {
      var holding = hooked(server, Map.of("words", "spam,buy now"));
      assertThat(judge(holding, send("SPAM"), Ids.uuid7())).isEqualTo(new Judgement.Hold("words"));
      var rejecting = hooked(server, Map.of("words", "spam", "words-action", "reject"));
      assertThat(judge(rejecting, send("spam"), Ids.uuid7())).isInstanceOf(Judgement.Reject.class);
      assertThat(server.calls).isEmpty();
      assertThat(judge(rejecting, send("eggs"), Ids.uuid7())).isEqualTo(new Judgement.Pass());
      assertThat(server.calls).hasSize(1);
      assertThat(judge(hooked(server, Map.of("words", "plan")), send("eggs"), Ids.uuid7()))
          .as("the name of an attachment")
          .isInstanceOf(Judgement.Hold.class);
    }
  }

  @Test
  void wordsAreReadFromAFileAsWell(@TempDir Path folder) throws Exception {
    var file = Files.writeString(folder.resolve("words"), "# ours\nspam\n\n  buy now \n");
    var filter = filter(Map.of("words-file", file.toString(), "words", "eggs"));
    for (var text : List.of("spam", "buy now", "eggs")) {
      assertThat(judge(filter, send(text), Ids.uuid7())).isInstanceOf(Judgement.Hold.class);
    }
    assertThat(judge(filter, send("ours"), Ids.uuid7())).isEqualTo(new Judgement.Pass());
  }

  @Test
  void aListBeyondItsBoundsDoesNotStart() {
    assertThatThrownBy(() ->
            new WordList(
                IntStream.rangeClosed(0, WordList.WORDS_MAX).mapToObj(i -> "w" + i).toList()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new WordList(List.of("a".repeat(WordList.WORD_CHARS_MAX + 1))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new WordList(List.of("...")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void assertFails(String url, String cause) throws Exception {
    var settings = Map.of("url", url, "secret", SECRET, "budget", "20s");
    assertThat(judge(filter(settings), send("x"), Ids.uuid7())).isEqualTo(new Judgement.Pass());
    var closed = new HashMap<>(settings);
    closed.put("on-failure", "closed");
    assertThat(judge(filter(closed), send("x"), Ids.uuid7())).isEqualTo(new Judgement.Unjudged());
    await().until(() -> count("parley.filter.failed", "cause", cause) == 2);
  }

  private ContentFilter hooked(HookServer server, Map<String, String> more) {
    var settings = new HashMap<>(Map.of("url", server.url(), "secret", SECRET, "budget", "20s"));
    settings.putAll(more);
    return filter(settings);
  }

  private ContentFilter filter(Map<String, String> settings) {
    var named = new HashMap<String, String>();
    settings.forEach((name, value) -> named.put("parley.filter." + name, value));
    var config =
        new SmallRyeConfigBuilder()
            .withConverter(Duration.class, CONVERTER_PRIORITY, new DurationConverter())
            .withMapping(FilterConfig.class)
            .withDefaultValues(named)
            .build()
            .getConfigMapping(FilterConfig.class);
    var filter = new ContentFilter(config, meters);
    made.add(filter);
    return filter;
  }

  private static WordList list() {
    return new WordList(
        List.of(
            "spam", "Buy now", "straße", "großmäulig", "λογος", "слово", "坏话", "คำหยาบ", "גנב"));
  }

  private static Command.SendMessage send(String text) {
    return new Command.SendMessage(
        new Body.Plain(
            new Content(
                text,
                List.of(),
                "",
                Map.of(),
                List.of(new Attachment("1", "plan.pdf", "application/pdf", 1, "", 0, 0)))),
        null,
        null);
  }

  private static Judgement judge(ContentFilter filter, Command command, UUID id) throws Exception {
    return filter.judge(command, PLACE, id, ADA).toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  private double count(String name, String tag, String value) {
    return meters.get(name).tag(tag, value).counters().stream().mapToDouble(c -> c.count()).sum();
  }

  private static String kind(HookServer.Call call) {
    try {
      return call.json().path("kind").asText();
    } catch (java.io.IOException broken) {
      throw new java.io.UncheckedIOException(broken);
    }
  }
}
