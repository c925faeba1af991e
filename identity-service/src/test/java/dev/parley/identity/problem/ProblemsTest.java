package dev.parley.identity.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.pgclient.PgException;
import java.net.ConnectException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class ProblemsTest {

  private final Problems problems = new Problems();

  @Test
  void aPostgresThatStartsOrIsAwayMayAnswerLater() {
    assertThat(status(new PgException("the database system is starting up", "FATAL", "57P03", "")))
        .isEqualTo(503);
    assertThat(status(new ConnectException("Connection refused"))).isEqualTo(503);
  }

  @Test
  void whateverElseFailsIsAnErrorOfOurs() {
    assertThat(status(new PgException("column does not exist", "ERROR", "42703", "")))
        .isEqualTo(500);
    assertThat(status(new PgException("no state", "ERROR", "", ""))).isEqualTo(500);
    assertThat(status(new IllegalStateException())).isEqualTo(500);
  }

  private int status(Throwable failure) {
    return problems.internal(new CompletionException(failure)).getStatus();
  }
}
