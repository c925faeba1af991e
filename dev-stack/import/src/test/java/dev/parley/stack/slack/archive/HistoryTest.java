package dev.parley.stack.slack.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {

  @TempDir Path folder;

  @Test
  void linesComeInTheOrderOfTheirTime() {
    Zips zip =
        Zips.export()
            .with("general/2021-01-02.json", "[" + said("U1", "1609545600.000100", "third") + "]")
            .with(
                "general/2021-01-01.json",
                "["
                    + said("U2", "1609459201.000000", "second")
                    + ","
                    + said("U1", "1609459200.000200", "first")
                    + "]");

    assertThat(read(zip))
        .extracting(SlackLine.Said::text)
        .containsExactly("first", "second", "third");
  }

  @Test
  void aThreadIsKeptWhereItsFirstMessageIsThere() {
    Zips zip =
        Zips.export()
            .with(
                "general/2021-01-01.json",
                """
                [{"type":"message","user":"U1","ts":"1609459200.000100","thread_ts":"1609459200.000100","text":"root"},
                 {"type":"message","user":"U2","ts":"1609459201.000100","thread_ts":"1609459200.000100","text":"answer"},
                 {"type":"message","user":"U2","ts":"1609459202.000100","thread_ts":"1500000000.000100","text":"orphan"},
                 {"type":"message","subtype":"thread_broadcast","user":"U2","ts":"1609459203.000100","thread_ts":"1609459200.000100","text":"also to all"}]
                """);

    assertThat(read(zip))
        .extracting(SlackLine.Said::thread)
        .containsExactly(null, "1609459200.000100", null, "1609459200.000100");
  }

  @Test
  void whatNobodySaidIsIgnoredAndCounted() {
    Zips zip =
        Zips.export()
            .with(
                "general/2021-01-01.json",
                """
                [{"type":"message","subtype":"channel_join","user":"U1","ts":"1.1","text":"joined"},
                 {"type":"message","subtype":"channel_join","user":"U2","ts":"1.2","text":"joined"},
                 {"type":"message","subtype":"channel_topic","user":"U2","ts":"1.3","text":"topic"},
                 {"type":"message","user":"U1","ts":"1.4","text":""},
                 {"type":"message","user":"U1","text":"timeless"},
                 {"type":"message","ts":"1.5","text":"by nobody"},
                 {"type":"message","user":"U1","ts":"1.6","text":"once"},
                 {"type":"message","user":"U1","ts":"1.6","text":"twice"},
                 {"type":"message","user":"U1","ts":"1.7","text":"changed","edited":{"user":"U1","ts":"1.8"}}]
                """);

    Survey survey = survey(zip);

    assertThat(survey.messagesTotal()).isEqualTo(2);
    assertThat(survey.edited()).isEqualTo(1);
    assertThat(survey.ignored())
        .isEqualTo(
            Map.of(
                "channel_join", 2L,
                "channel_topic", 1L,
                "without a text", 1L,
                "without a time", 1L,
                "without an author", 1L,
                "twice in the archive", 1L));
  }

  @Test
  void botsAndStrangersAreAuthorsToo() {
    Zips zip =
        Zips.export()
            .with(
                "general/2021-01-01.json",
                """
                [{"type":"message","subtype":"bot_message","bot_id":"B1","username":"Build","ts":"1.1","text":"green"},
                 {"type":"message","subtype":"bot_message","username":"webhook","ts":"1.2","text":"called"},
                 {"type":"message","user":"U9","user_profile":{"name":"eve","real_name":"Eve"},"ts":"1.3","text":"hi"}]
                """);

    assertThat(survey(zip).people().values())
        .contains(
            new SlackPerson("B1", "Build", "Build"),
            new SlackPerson("username:webhook", "webhook", "webhook"),
            new SlackPerson("U9", "eve", "Eve"));
  }

  @Test
  void whatIsAttachedIsSaidWhereThereIsNoText() {
    Zips zip =
        Zips.export()
            .with(
                "general/2021-01-01.json",
                """
                [{"type":"message","user":"U1","ts":"1.1","text":"","attachments":[{"fallback":"A quote"}],
                  "files":[{"name":"plan.pdf"},{"title":"Sketch"}]}]
                """);

    assertThat(read(zip))
        .extracting(SlackLine.Said::text)
        .containsExactly("A quote\n[file] plan.pdf\n[file] Sketch");
  }

  @Test
  void conversationsOfAllKindsAreRead() {
    Zips zip =
        Zips.export()
            .with("groups.json", "[{\"id\":\"G1\",\"name\":\"secret\",\"members\":[\"U1\"]}]")
            .with(
                "mpims.json",
                "[{\"id\":\"G2\",\"name\":\"mpdm-ada--bob-1\",\"members\":[\"U1\",\"U2\"]}]")
            .with("dms.json", "[{\"id\":\"D1\",\"created\":5,\"members\":[\"U1\",\"U3\"]}]")
            .with("D1/2021-01-01.json", "[" + said("U1", "1.1", "between us") + "]");

    try (SlackArchive archive = SlackArchive.open(zip.write(folder), ArchiveLimits.DEFAULT)) {
      assertThat(archive.workspace()).isEqualTo("T1");
      assertThat(archive.conversations())
          .extracting(SlackConversation::kind, SlackConversation::title)
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple(SlackConversation.Kind.CHANNEL, "general"),
              org.assertj.core.groups.Tuple.tuple(SlackConversation.Kind.PRIVATE_CHANNEL, "secret"),
              org.assertj.core.groups.Tuple.tuple(SlackConversation.Kind.GROUP_MESSAGE, ""),
              org.assertj.core.groups.Tuple.tuple(SlackConversation.Kind.DIRECT, ""));
      Survey survey = Survey.of(archive, lines -> {});
      assertThat(survey.messages()).containsEntry("D1", 1L);
      assertThat(survey.people()).containsKey("U3");
    }
  }

  private List<SlackLine.Said> read(Zips zip) {
    try (SlackArchive archive = SlackArchive.open(zip.write(folder), ArchiveLimits.DEFAULT)) {
      List<SlackLine.Said> said = new ArrayList<>();
      archive
          .history(archive.conversations().getFirst())
          .forEachRemaining(line -> {
            if (line instanceof SlackLine.Said one) {
              said.add(one);
            }
          });
      return said;
    }
  }

  private Survey survey(Zips zip) {
    try (SlackArchive archive = SlackArchive.open(zip.write(folder), ArchiveLimits.DEFAULT)) {
      return Survey.of(archive, lines -> {});
    }
  }

  private static String said(String user, String ts, String text) {
    return "{\"type\":\"message\",\"user\":\"%s\",\"ts\":\"%s\",\"text\":\"%s\"}"
        .formatted(user, ts, text);
  }
}
