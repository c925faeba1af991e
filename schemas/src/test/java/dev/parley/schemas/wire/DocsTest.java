package dev.parley.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.schemas.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The tables of docs/protocol.md are those of the code. On a difference the message holds the
/// table to paste.
class DocsTest {

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

  private static String section(String name) throws IOException {
    var text = Files.readString(PROTOCOL);
    int from = text.indexOf('\n', text.indexOf("<!-- " + name + ":"));
    return text.substring(from, text.indexOf("<!-- " + name + " end -->")).strip();
  }
}
