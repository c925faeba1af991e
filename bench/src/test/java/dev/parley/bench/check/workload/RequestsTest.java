package dev.parley.bench.check.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.client.Answer;
import dev.parley.client.Reply;
import dev.parley.schemas.wire.Json;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RequestsTest {

  @Test
  void aDecisionIsAnAnswer() {
    assertThat(reply(201))
        .isInstanceOfSatisfying(
            Reply.Done.class,
            done -> {
              assertThat(done.seq()).isEqualTo(7);
              assertThat(done.duplicate()).isFalse();
            });
    assertThat(reply(200)).isInstanceOf(Reply.Done.class);
    assertThat(reply(404)).isEqualTo(new Reply.Refused("not_found", false, 0, ""));
  }

  @Test
  void whatIsNoDecisionLeavesTheOutcomeOpen() {
    for (int status : new int[] {202, 401, 429, 500, 503}) {
      assertThat(reply(status))
          .isInstanceOfSatisfying(
              Reply.Refused.class,
              refused -> assertThat(refused.temporary()).as("%d", status).isTrue());
    }
  }

  private static Reply reply(int status) {
    var body = Json.MAPPER.createObjectNode().put("code", "not_found").put("seq", 7);
    return Requests.reply(new Answer(status, body, Optional.empty(), Optional.empty()));
  }
}
