package dev.parley.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.parley.schemas.Samples;
import dev.parley.schemas.content.Body;
import dev.parley.schemas.content.Content;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.personal.Personal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PersonalInputTest {

  private static final String C = Samples.CONVERSATION.toString();
  private static final long NOW = 1_760_000_000_000L;

  @Test
  void marksAreRead() {
    assertThat(values("read", "'seq':12")).containsExactly(new Personal.Read(12));
    assertThat(values("delivered", "'seq':0")).containsExactly(new Personal.Delivered(0));
    assertThat(values("read", "'seq':12,'thread':'%s'".formatted(Samples.ROOT)))
        .containsExactly(new Personal.ThreadRead(Samples.ROOT, 12));
  }

  @Test
  void severalSettingsAreSeveralEntries() {
    assertThat(values("settings", "'muted_for_seconds':60,'pinned':true,'archived':false"))
        .containsExactly(
            new Personal.Muted(NOW + 60_000),
            new Personal.Pinned(true),
            new Personal.Archived(false));
    assertThat(values("settings", "'muted_for_seconds':-1"))
        .containsExactly(new Personal.Muted(-1));
    assertThat(values("settings", "'muted_for_seconds':0")).containsExactly(new Personal.Muted(0));
  }

  @Test
  void anEmptyDraftTakesTheDraftAway() {
    assertThat(values("draft", "'text':''")).containsExactly(new Personal.Draft(null));
    assertThat(values("draft", "'text':'hi'"))
        .containsExactly(new Personal.Draft(new Body.Plain(new Content("hi", List.of()))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "read | [] | MALFORMED",
        "read | {} | INVALID",
        "read | {'conversation':'C'} | INVALID",
        "read | {'conversation':'C','seq':-1} | INVALID",
        "read | {'conversation':'C','seq':1.5} | INVALID",
        "read | {'conversation':'C','seq':99999999999999999999} | INVALID",
        "read | {'conversation':'C','seq':1,'thread':'x'} | INVALID",
        "settings | {'conversation':'C'} | INVALID",
        "settings | {'conversation':'C','muted_for_seconds':-2} | INVALID",
        "settings | {'conversation':'C','pinned':1} | INVALID",
        "draft | {'conversation':'C'} | INVALID",
        "draft | {'conversation':'C','text':'12345678901'} | TOO_LARGE",
        "hide | {'conversation':'C'} | INVALID",
        "hunt | {'conversation':'C'} | UNKNOWN_TYPE",
      })
  void badInputIsRefusedWithItsCode(String type, String json, ErrorCode code) {
    assertThat(read(type, json.replace("'C'", "'" + C + "'")))
        .isInstanceOfSatisfying(
            PersonalInput.Refused.class, refused -> assertThat(refused.code()).isEqualTo(code));
  }

  private static List<Personal> values(String type, String fields) {
    return ((PersonalInput.Read) read(type, "{'conversation':'" + C + "'," + fields + "}"))
        .values();
  }

  private static PersonalInput read(String type, String json) {
    try {
      var d = Json.MAPPER.readTree(json.replace('\'', '"'));
      return PersonalInput.read(type, d, NOW, new Limits(1_000, 10, 10, 3, 3));
    } catch (JsonProcessingException broken) {
      throw new AssertionError(broken);
    }
  }
}
