package dev.parley.bench.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.schemas.wire.Json;
import org.junit.jupiter.api.Test;

class CapturesTest {

  private final Captures captures = new Captures();

  @Test
  void aNameIsBoundOnceAndThenHasToBeTheSame() throws Exception {
    assertThat(captures.mismatch(json("{\"seq\":\"$seq\"}"), json("{\"seq\":4,\"more\":1}")))
        .isNull();

    assertThat(captures.mismatch(json("{\"seq\":\"$seq+1\"}"), json("{\"seq\":5}"))).isNull();
    assertThat(captures.mismatch(json("{\"seq\":\"$seq\"}"), json("{\"seq\":5}")))
        .contains("/seq should be 4");
  }

  @Test
  void aMismatchBindsNothing() throws Exception {
    captures.mismatch(json("{\"a\":\"$x\",\"b\":1}"), json("{\"a\":7,\"b\":2}"));

    assertThat(captures.mismatch(json("{\"a\":\"$x\"}"), json("{\"a\":8}"))).isNull();
  }

  @Test
  void operatorsSayWhatIsWrong() throws Exception {
    assertThat(captures.mismatch(json("{\"a\":{\"$absent\":true}}"), json("{}"))).isNull();
    assertThat(
            captures.mismatch(json("{\"a\":{\"$has\":[{\"b\":2}]}}"), json("{\"a\":[{\"b\":2}]}")))
        .isNull();
    assertThat(
            captures.mismatch(json("{\"a\":{\"$none\":{\"b\":2}}}"), json("{\"a\":[{\"b\":2}]}")))
        .contains("should not have");
    assertThat(captures.mismatch(json("{\"a\":\"$_:time\"}"), json("{\"a\":\"now\"}")))
        .contains("$_:time");
  }

  @Test
  void whatIsSentIsFilled() throws Exception {
    captures.bind("c", "room");
    captures.bind("seq", json("4"));

    var filled = captures.fill(json("{\"{c}\":\"$seq-1\",\"path\":\"/x/{c}?after={seq}\"}"));

    assertThat(filled.toString()).isEqualTo("{\"room\":3,\"path\":\"/x/room?after=4\"}");
  }

  private static JsonNode json(String text) throws Exception {
    return Json.MAPPER.readTree(text);
  }
}
