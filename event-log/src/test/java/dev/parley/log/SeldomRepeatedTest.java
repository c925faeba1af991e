package dev.parley.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class SeldomRepeatedTest {

  private long now;
  private final SeldomRepeated filter = new SeldomRepeated(() -> now);

  @Test
  void whatAllClientsSayIsSaidOnceInTenSecondsWithTheNumberOfTheRest() {
    assertThat(says("[Producer clientId=door] Connection to node -1 could not be established"))
        .isEqualTo("[Producer clientId=door] Connection to node -1 could not be established");
    assertThat(says("[Consumer clientId=views] Connection to node -1 could not be established"))
        .isEmpty();
    assertThat(says("Connection to node -1 could not be established")).isEmpty();

    now += Duration.ofSeconds(10).toNanos();

    assertThat(says("[Consumer clientId=views] Connection to node -1 could not be established"))
        .isEqualTo(
            "[Consumer clientId=views] Connection to node -1 could not be established"
                + " (2 like this were left out)");
  }

  @Test
  void whatIsNewIsSaidAtOnce() {
    assertThat(says("[Producer clientId=door] Node 1 disconnected.")).isNotEmpty();
    assertThat(says("[Producer clientId=door] Node 2 disconnected.")).isNotEmpty();
  }

  @Test
  void itIsInFrontOfTheClientsOfEveryConnection() {
    var unused = KafkaConnection.plain("127.0.0.1:1").client();

    assertThat(java.util.logging.Logger.getLogger("org.apache.kafka.clients.NetworkClient"))
        .extracting(java.util.logging.Logger::getFilter)
        .isInstanceOf(SeldomRepeated.class);
  }

  private String says(String message) {
    var line = new LogRecord(Level.WARNING, message);
    return filter.isLoggable(line) ? line.getMessage() : "";
  }
}
