package dev.parley.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.bench.limit.BareServer;
import dev.parley.client.Account;
import dev.parley.schemas.id.Ids;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The sockets of a bench against the bare server, which hands every message to all.
class CrowdTest {

  private static final List<Account> PEOPLE =
      Stream.of("ada", "ben", "cem").map(name -> new Account(Ids.uuid7(), name, name)).toList();

  @Test
  void everyMessageIsCountedOnceAtEveryMember() throws Exception {
    try (var server = BareServer.start();
        var fleet = new Fleet(1);
        var crowd = Crowd.channel(fleet, server.address(), PEOPLE, Optional.empty())) {
      var round = crowd.drive(100, Duration.ofSeconds(1));

      assertThat(round.sent()).isEqualTo(100);
      assertThat(round.answered().getTotalCount()).isEqualTo(100);
      assertThat(round.delivered().getTotalCount()).isEqualTo(300);
      assertThat(round.faults()).isEmpty();
      assertThat(crowd.faults()).isEmpty();
    }
  }

  @Test
  void socketsThatAreCutComeBackToTheBareServer() throws Exception {
    try (var server = BareServer.start();
        var fleet = new Fleet(1)) {
      var lines = Crowd.connected(fleet, List.of(server.address()), PEOPLE, new Line.Ear() {});
      lines.forEach(Line::cut);
      assertThat(lines).noneMatch(Line::isOpen);

      for (var line : lines) {
        Stage.get(line.connect(line.account().token()));
      }

      assertThat(lines).allMatch(Line::isOpen);
    }
  }

  @Test
  void aSocketThatIsLostIsAFault() throws Exception {
    try (var fleet = new Fleet(1)) {
      var server = BareServer.start();
      try (var crowd = Crowd.channel(fleet, server.address(), PEOPLE, Optional.empty())) {
        server.close();
        // One after the other notices it.
        for (int i = 0; i < 1_000 && !crowd.faults().toString().contains("3 sockets"); i++) {
          Thread.sleep(10);
        }

        assertThat(crowd.faults()).singleElement().asString().startsWith("3 sockets were lost");
      }
    }
  }
}
