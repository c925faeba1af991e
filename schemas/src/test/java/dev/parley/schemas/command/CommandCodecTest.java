package dev.parley.schemas.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.schemas.Samples;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CommandCodecTest {

  static List<Command> commands() {
    return Samples.commands();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandComesBackAsItWas(Command command) {
    var envelope = Samples.envelope(command);
    assertThat(CommandCodec.decode(CommandCodec.encode(envelope))).isEqualTo(envelope);
  }

  @Test
  void everyKindOfCommandIsAmongTheSamples() {
    assertThat(Samples.commands().stream().<Class<?>>map(Object::getClass).distinct())
        .containsExactlyInAnyOrder(Command.class.getPermittedSubclasses());
  }

  @Test
  void otherBytesAreRefusedWithASentence() {
    var bytes = "{\"no\":\"protobuf\"}".getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> CommandCodec.decode(bytes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Expected");
  }

  @Test
  void anEmptyRecordIsRefused() {
    assertThatThrownBy(() -> CommandCodec.decode(new byte[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Expected a UUID");
  }
}
