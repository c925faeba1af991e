package dev.parley.stack.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ArgumentsTest {

  @Test
  void optionsAreReadWithAndWithoutEqualsAndWordsAreKept() {
    Arguments arguments =
        Arguments.parse(List.of("--edges", "2", "--offset=1000", "-f", "ws-edge", "--data", "/d"));

    assertThat(arguments.options().edges()).isEqualTo(2);
    assertThat(arguments.options().offset()).isEqualTo(1000);
    assertThat(arguments.options().data()).hasToString("/d");
    assertThat(arguments.flags()).containsExactly("-f");
    assertThat(arguments.words()).containsExactly("ws-edge");
  }

  @Test
  void aPortBaseIsWhereTheGatewayListens() {
    assertThat(Arguments.parse(List.of("--port-base", "9080")).options().offset()).isEqualTo(1000);
  }

  @Test
  void whatIsUnknownOrIncompleteIsRefusedInOneSentence() {
    assertThatThrownBy(() -> Arguments.parse(List.of("--edge", "2")))
        .hasMessage("There is no option --edge; see ./parley help.");
    assertThatThrownBy(() -> Arguments.parse(List.of("--edges")))
        .hasMessage("--edges needs a value.");
    assertThatThrownBy(() -> Arguments.parse(List.of("--edges", "two")).options())
        .hasMessage("--edges takes a number, but got two.");
  }
}
