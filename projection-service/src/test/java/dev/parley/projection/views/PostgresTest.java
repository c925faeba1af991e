package dev.parley.projection.views;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.log.TransientException;
import dev.parley.projection.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which errors of a real Postgres a batch waits for, and which stop its partition.
class PostgresTest {

  private final TestDatabase database = new TestDatabase();

  @BeforeEach
  void create() {
    database.create();
  }

  @AfterEach
  void close() {
    database.close();
  }

  @ParameterizedTest
  @CsvSource({
    "53100, could not extend file: No space left on device",
    "XX000, could not extend file: Disk quota exceeded",
    "XX000, could not extend file: File too large",
    "57P03, the database system is shutting down"
  })
  void whatMayPassIsWaitedFor(String state, String message) {
    assertThatThrownBy(() -> raise(state, message)).isInstanceOf(TransientException.class);
  }

  @ParameterizedTest
  @CsvSource({"XX000, cache lookup failed for type 7", "22P02, could not be read"})
  void whatARecordBringsAboutIsNot(String state, String message) {
    assertThatThrownBy(() -> raise(state, message)).isInstanceOf(IllegalStateException.class);
  }

  private void raise(String state, String message) {
    database.run(
        "do $$ begin raise exception using errcode = '%s', message = '%s'; end $$"
            .formatted(state, message));
  }
}
