package dev.parley.projection.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.projection.testing.TestDatabase;
import dev.parley.projection.testing.TestLimits;
import io.vertx.mutiny.sqlclient.Pool;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Not among the tests: measures the inbox of a person in 2,000 conversations.
///
/// `-Dtest=InboxMeasure`
class InboxMeasure {

  private static final int RUNS = 20;

  @Test
  void aPersonInTwoThousandConversations() {
    try (var database = new TestDatabase()) {
      database.create();
      fill(database);
      var person = UUID.fromString("00000000-0000-0000-0000-000000000001");
      var inbox = new Inbox(Pool.newInstance(database.pool()), TestLimits.with(Map.of()));
      long best = Long.MAX_VALUE;
      for (int i = 0; i < RUNS; i++) {
        long start = System.nanoTime();
        var items = inbox.of(person, null, 5_000).await().atMost(Duration.ofSeconds(30));
        best = Math.min(best, System.nanoTime() - start);
        assertThat(items).hasSize(2_000).allMatch(item -> item.own().unread() == 100);
        assertThat(items).allMatch(item -> item.own().mentions() == 10);
      }
      System.out.printf(
          "Inbox of 2,000 conversations, 400,000 messages: %d ms%n", best / 1_000_000);
    }
  }

  private static void fill(TestDatabase database) {
    database.run(
        """
        insert into views_1.conversation (id, kind, title, topic, history, imported, created_at, created_by,
          head_seq, head_ordinal, last_at, last_message_seq, members_count)
        select md5('c' || c)::uuid, 'group', 'Nr ' || c, '', 'from_start', false, 0,
          '00000000-0000-0000-0000-000000000001', 202, 200, c, 202, 2 from generate_series(1, 2000) c\
        """);
    database.run(
        """
        insert into views_1.member (conversation, user_id, joined_seq, role)
        select md5('c' || c)::uuid, '00000000-0000-0000-0000-000000000001', 2, 'member'
        from generate_series(1, 2000) c\
        """);
    database.run(
        """
        insert into views_1.message (conversation, seq, ordinal, id, author, at, text, mentions, revision,
          deleted, erased, imported)
        select md5('c' || c)::uuid, m + 2, m, md5(c || 'm' || m)::uuid, md5('a')::uuid, m, repeat('word ', 20),
          '{}', 0, false, false, false
        from generate_series(1, 2000) c, generate_series(1, 200) m\
        """);
    database.run(
        """
        insert into views_1.mark (conversation, user_id, delivered, read)
        select md5('c' || c)::uuid, '00000000-0000-0000-0000-000000000001', 102, 102
        from generate_series(1, 2000) c\
        """);
    database.run(
        """
        insert into views_1.mention (conversation, seq, message, user_id)
        select md5('c' || c)::uuid, m * 10 + 2, md5(c || 'm' || (m * 10))::uuid,
          '00000000-0000-0000-0000-000000000001'
        from generate_series(1, 2000) c, generate_series(1, 20) m\
        """);
    database.run("analyze");
  }
}
