package dev.parley.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.schemas.Samples;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.event.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The tables of docs/protocol.md are those of the code. On a difference the message holds the
/// table to paste.
class DocsTest {

  private static final Pattern NAME = Pattern.compile("`([^`]+)`");

  private static final Path PROTOCOL =
      Path.of(System.getProperty("parley.root", "..")).resolve("docs/protocol.md");

  @Test
  void theTableOfErrorsIsThatOfTheCode() throws IOException {
    var table =
        "| code | status | temporary | what to do |\n|---|---|---|---|\n"
            + Arrays.stream(ErrorCode.values())
                .map(code ->
                    "| `%s` | %d | %s | %s |"
                        .formatted(
                            code.wireName(),
                            code.httpStatus(),
                            code.temporary() ? "yes" : "no",
                            code.advice()))
                .collect(Collectors.joining("\n"));
    assertThat(section("errors")).isEqualTo(table);
  }

  @Test
  void theTableOfCloseCodesIsThatOfTheCode() throws IOException {
    var table =
        "| code | reason | then |\n|---|---|---|\n"
            + Arrays.stream(CloseCode.values())
                .map(code ->
                    "| %d | %s | %s |"
                        .formatted(
                            code.code(),
                            code.reason(),
                            switch (code.reconnect()) {
                              case RESUME -> "connect again and resume";
                              case STOP -> "do not connect again by itself";
                            }))
                .collect(Collectors.joining("\n"));
    assertThat(section("close codes")).isEqualTo(table);
  }

  @Test
  void theTablesOfFramesNameThoseOfTheCode() throws IOException {
    var commands = new HashSet<>(CommandInput.TYPES);
    commands.addAll(ClientFrame.names(ClientFrame.Kind.FORWARD));
    assertThat(named("commands")).isEqualTo(commands);
    assertThat(named("personal")).isEqualTo(PersonalInput.TYPES);
    var session = new HashSet<>(ClientFrame.names(ClientFrame.Kind.SESSION));
    session.addAll(ClientFrame.names(ClientFrame.Kind.LIVE));
    assertThat(named("session")).isEqualTo(session);
    assertThat(named("pushes"))
        .isEqualTo(
            Arrays.stream(ServerFrame.values())
                .map(ServerFrame::wireName)
                .collect(Collectors.toSet()));
  }

  @Test
  void theTableOfEventsNamesThoseOfTheCode() throws IOException {
    assertThat(named("events"))
        .isEqualTo(Samples.events().values().stream().map(Event::type).collect(Collectors.toSet()));
  }

  /// What stands between backticks in the first column.
  private static Set<String> named(String section) throws IOException {
    return section(section)
        .lines()
        .skip(2)
        .flatMap(row -> NAME.matcher(row.substring(0, row.indexOf('|', 1))).results())
        .map(name -> name.group(1))
        .collect(Collectors.toSet());
  }

  private static String section(String name) throws IOException {
    var text = Files.readString(PROTOCOL);
    int from = text.indexOf('\n', text.indexOf("<!-- " + name + ":"));
    return text.substring(from, text.indexOf("<!-- " + name + " end -->")).strip();
  }
}
