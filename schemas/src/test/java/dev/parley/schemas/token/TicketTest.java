package dev.parley.schemas.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TicketTest {

  @Test
  void itsHolderGetsTheTokenAndNobodyElse() {
    var ticket = Ticket.random();
    var shown = Objects.requireNonNull(Ticket.parse(ticket.secret()));
    assertThat(shown.redisKey()).isEqualTo(ticket.redisKey());
    assertThat(shown.open(ticket.seal("token"))).isEqualTo("token");
    assertThat(Ticket.random().open(ticket.seal("token"))).isNull();
  }

  @Test
  void whatRedisKeepsTellsNeitherTheTicketNorTheToken() {
    var ticket = Ticket.random();
    assertThat(ticket.redisKey()).doesNotContain(ticket.secret());
    assertThat(new String(ticket.seal("token"), StandardCharsets.ISO_8859_1))
        .doesNotContain("token", ticket.secret());
    assertThat(ticket).hasToString("Ticket[hidden]");
  }

  @Test
  void onlyFortyThreeCharactersOfBase64UrlAreOne() {
    assertThat(Ticket.parse(null)).isNull();
    assertThat(Ticket.parse("")).isNull();
    assertThat(Ticket.parse("a".repeat(42))).isNull();
    assertThat(Ticket.parse("a".repeat(44))).isNull();
    assertThat(Ticket.parse("*".repeat(43))).isNull();
    assertThat(Ticket.random().open(new byte[3])).isNull();
  }
}
