package dev.parley.projection.http;

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
  void aStatementThatPostgresRefusesIsAnErrorOfOurs() {
    assertThat(status(new PgException("column does not exist", "ERROR", "42703", "")))
        .isEqualTo(500);
  }

  private int status(Throwable failure) {
    return problems.unexpected(new CompletionException(failure)).getStatus();
  }
}
