package dev.parley.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{} {}", "{\"a\":1,\"a\":2}", "nul", "\u0000", "{'a':1}", "NaN"})
  void whatIsNotOneValueIsRefused(String text) {
    assertThatThrownBy(
            () -> {
              if (Json.MAPPER.readTree(text).isMissingNode()) {
                throw new com.fasterxml.jackson.core.JsonParseException("empty");
              }
            })
        .isInstanceOf(JsonProcessingException.class);
  }

  @Test
  void deepNestingIsRefusedBeforeItIsBuilt() {
    assertThatThrownBy(() -> Json.MAPPER.readTree("[".repeat(100_000)))
        .isInstanceOf(JsonProcessingException.class)
        .hasMessageContaining("depth");
  }

  @Test
  void hugeNumbersAndNamesAreRefused() {
    assertThatThrownBy(() -> Json.MAPPER.readTree("9".repeat(100_000)))
        .isInstanceOf(JsonProcessingException.class);
    assertThatThrownBy(() -> Json.MAPPER.readTree("{\"" + "n".repeat(10_000) + "\":1}"))
        .isInstanceOf(JsonProcessingException.class);
  }

  @Test
  void brokenUtf8IsRefused() {
    var bytes = "{\"a\":\"x\"}".getBytes(StandardCharsets.UTF_8);
    bytes[6] = (byte) 0xff;
    assertThatThrownBy(() -> Json.MAPPER.readTree(bytes)).isInstanceOf(java.io.IOException.class);
  }

  @Test
  void aNumberBeyondALongIsANumberThatNoFieldTakes() throws JsonProcessingException {
    assertThat(Json.MAPPER.readTree("99999999999999999999").canConvertToLong()).isFalse();
  }
}
