package dev.parley.projection.views;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.log.testkit.InMemoryLog;
import dev.parley.projection.testing.Conversation;
import dev.parley.projection.testing.Person;
import dev.parley.projection.testing.TestDatabase;
import dev.parley.schemas.content.ContentReader;
import dev.parley.schemas.content.KeyLookup;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.conversation.HistoryVisibility;
import dev.parley.schemas.conversation.Role;
import org.junit.jupiter.api.Test;

/// Not among the tests: measures what a join costs the views of a small and of a large channel.
///
/// `-Dtest=JoinMeasure`
class JoinMeasure {

  private static final int JOINS = 300;

  @Test
  void aJoinCostsTheSameInAChannelOfAHundredThousand() {
    System.out.printf("A join into a channel of 10: %d us%n", microsOfAJoin(10));
    System.out.printf("A join into a channel of 100,000: %d us%n", microsOfAJoin(100_000));
  }

  private static long microsOfAJoin(int members) {
    try (var database = new TestDatabase()) {
      database.create();
      var ann = Person.random();
      var channel =
          new Conversation(ann, ConversationKind.CHANNEL, HistoryVisibility.FROM_START, "Large");
      var log = new InMemoryLog(1);
      channel.events().forEach(log::append);
      var reader = new ContentReader(_ -> new KeyLookup.Unknown());
      var projection = ViewsProjection.of(1, database.pool(), reader);
      log.deliver(projection, 100);
      database.run(
          """
          insert into views_1.member (conversation, user_id, joined_seq, role)
          select '%s', gen_random_uuid(), 2, 'member' from generate_series(1, %d)\
          """
              .formatted(channel.id(), members - 1));
      database.run("update views_1.conversation set members_count = " + members);
      database.run("analyze");
      for (int i = 0; i < JOINS; i++) {
        log.append(channel.join(Person.random(), Role.MEMBER));
      }
      long start = System.nanoTime();
      log.deliver(projection, 1);
      long micros = (System.nanoTime() - start) / 1_000 / JOINS;
      assertThat(database.number("select members_count from views.conversation"))
          .isEqualTo(members + JOINS);
      return micros;
    }
  }
}
