package dev.parley.projection.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.log.testkit.InMemoryLog;
import dev.parley.projection.delivery.DeliveryProjection;
import dev.parley.projection.delivery.FromTheStart;
import dev.parley.projection.testing.Conversation;
import dev.parley.projection.testing.Person;
import dev.parley.projection.testing.TestDatabase;
import dev.parley.projection.testing.TestLimits;
import dev.parley.projection.views.Postgres;
import dev.parley.projection.views.TestViews;
import dev.parley.schemas.content.ContentReader;
import dev.parley.schemas.content.KeyLookup;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.conversation.HistoryVisibility;
import dev.parley.schemas.event.EventData;
import dev.parley.schemas.personal.Personal;
import dev.parley.schemas.personal.PersonalEntry;
import dev.parley.stack.engine.RedisEngine;
import dev.parley.stack.process.Ports;
import dev.parley.stack.process.Starter;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.sqlclient.Tuple;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an event of a large channel costs: the same as of a small one.
///
/// `-Dtest=LargeChannelTest -Dparley.large=100000` for as many members; it prints figures.
class LargeChannelTest {

  private static final int MEMBERS = Integer.getInteger("parley.large", 3_000);
  private static final int SENDS = 300;
  private static final Duration WAIT = Duration.ofMinutes(1);

  private final Person ann = Person.random();
  private final ContentReader reader = new ContentReader(_ -> new KeyLookup.Known(ann.key()));

  /// Rows written by sends, edits, deletes, pins, reactions, calls of everybody and marks.
  @Test
  void anEventWritesAsManyRowsWhateverTheNumberOfMembers() {
    long ofSmall = rowsOf(10);
    long ofLarge = rowsOf(MEMBERS);

    assertThat(ofLarge).isEqualTo(ofSmall);
  }

  private long rowsOf(int members) {
    try (var database = new TestDatabase()) {
      database.create();
      var log = new InMemoryLog(1);
      var channel = channel(database, log, members);
      count(database);
      int events = happen(channel, log);
      long start = System.nanoTime();
      follow(database, log, 50);
      long micros = (System.nanoTime() - start) / 1_000 / events;
      // The counter's first value is 1, so asking for it counts once.
      long rows = database.number("select nextval('touched')") - 1;
      System.out.printf(
          "%d members: %d events, %d rows written, %d us an event%n",
          members, events, rows, micros);
      measureMarks(database, channel, members);
      return rows;
    }
  }

  private Conversation channel(TestDatabase database, InMemoryLog log, int members) {
    var channel =
        new Conversation(ann, ConversationKind.CHANNEL, HistoryVisibility.FROM_START, "Large");
    channel.events().forEach(log::append);
    follow(database, log, 10);
    database.run(
        """
        insert into views_1.member (conversation, user_id, joined_seq, role)
        select '%s', gen_random_uuid(), 2, 'member' from generate_series(1, %d)\
        """
            .formatted(channel.id(), members - 1));
    database.run("update views_1.conversation set members_count = " + members);
    database.run("analyze");
    return channel;
  }

  private void follow(TestDatabase database, InMemoryLog log, int batch) {
    log.deliver(TestViews.projection(database, 1, reader, _ -> {}), batch);
  }

  /// From now on each row that is written to the version, in whatever table, counts one.
  private static void count(TestDatabase database) {
    database.run(
        """
        create sequence touched;
        create function touch() returns trigger language plpgsql as $$
        begin perform nextval('touched'); return null; end $$;
        do $$ declare t record; begin
          for t in select tablename from pg_tables where schemaname = 'views_1' loop
            execute format('create trigger touch after insert or update or delete on views_1.%I
              for each row execute function touch()', t.tablename);
          end loop; end $$\
        """);
  }

  /// @return how many entries the log got
  private int happen(Conversation channel, InMemoryLog log) {
    int from = channel.events().size();
    for (int i = 0; i < SENDS; i++) {
      var message = i % 10 == 0 ? channel.call(ann, "all of you") : channel.sendPlain(ann, "hello");
      if (i % 10 == 1) {
        channel.delete(ann, message);
      } else if (i % 10 == 2) {
        channel.add(ann, new EventData.ReactionAdded(message, "🦜"));
      } else if (i % 10 == 3) {
        channel.add(ann, new EventData.MessagePinned(message));
      }
    }
    var happened = channel.events().subList(from, channel.events().size());
    happened.forEach(log::append);
    int marks = 0;
    for (; marks < SENDS; marks++) {
      log.append(
          new PersonalEntry(channel.id(), Person.random().id(), 1, true, new Personal.Read(marks)));
    }
    return happened.size() + marks;
  }

  /// Everybody has read up to somewhere; the marks are asked for as the API does.
  private static void measureMarks(TestDatabase database, Conversation channel, int members) {
    database.run(
        """
        insert into views_1.mark (conversation, user_id, delivered, read)
        select conversation, user_id, 400, 100 + (random() * 300)::int from views_1.member
        on conflict do nothing\
        """);
    database.run("analyze");
    long best = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      long start = System.nanoTime();
      var rows =
          Postgres.await(
              database
                  .pool()
                  .preparedQuery(ListsResource.MARKS_SUMMARISED)
                  .execute(
                      Tuple.of(channel.id(), 20, new Long[] {1L}, new Long[] {Long.MAX_VALUE})),
              WAIT);
      best = Math.min(best, System.nanoTime() - start);
      assertThat(rows.size()).isEqualTo(20);
    }
    System.out.printf("%d members: marks summarised in %d ms%n", members, best / 1_000_000);
  }

  /// Whoever is online is reached through the one channel of the conversation.
  @Test
  void anEventIsPublishedOnceWhateverTheNumberOfMembers(@TempDir Path directory) throws Exception {
    var engine =
        new RedisEngine(
            Ports.free(),
            Files.createDirectories(directory.resolve("data")),
            directory.resolve("redis.log"));
    var process = Starter.startAndWait(engine);
    var log = new InMemoryLog(1);
    try (var database = new TestDatabase()) {
      database.create();
      var channel = channel(database, new InMemoryLog(1), MEMBERS);
      var redis = Redis.createClient(database.vertx(), engine.url());
      happen(channel, log);
      var events = channel.events();
      try (var delivery =
          new DeliveryProjection(
              () -> Redis.createClient(database.vertx(), engine.url()),
              TestLimits.with(Map.of()).delivery(),
              _ -> throwing())) {
        long start = System.nanoTime();
        log.deliver(FromTheStart.of(delivery), 100);
        System.out.printf(
            "%d members: delivered at %d us an entry%n",
            MEMBERS, (System.nanoTime() - start) / 1_000 / (events.size() + SENDS));
      }
      var statistics =
          redis.send(Request.cmd(Command.INFO).arg("commandstats")).toCompletionStage();
      var calls = statistics.toCompletableFuture().join().toString();
      // The first two events were written before: the channel and its owner's joining.
      assertThat(calls(calls, "evalsha")).isEqualTo(events.size() - 2);
      // A mark of a large conversation goes to its owner's devices and to nobody else.
      assertThat(calls(calls, "publish")).isEqualTo(events.size() - 2 + SENDS);
      redis.close();
    } finally {
      process.kill();
    }
  }

  private static List<UUID> throwing() {
    throw new IllegalStateException("Expected nobody to ask who is in which conversation");
  }

  private static long calls(String statistics, String command) {
    var matcher = Pattern.compile("cmdstat_" + command + ":calls=(\\d+)").matcher(statistics);
    assertThat(matcher.find()).isTrue();
    return Long.parseLong(matcher.group(1));
  }
}
