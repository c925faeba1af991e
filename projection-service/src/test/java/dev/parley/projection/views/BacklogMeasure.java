package dev.parley.projection.views;

import dev.parley.log.testkit.InMemoryLog;
import dev.parley.projection.testing.Conversation;
import dev.parley.projection.testing.Person;
import dev.parley.projection.testing.TestDatabase;
import dev.parley.schemas.content.ContentReader;
import dev.parley.schemas.content.KeyLookup;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.conversation.HistoryVisibility;
import dev.parley.schemas.conversation.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/// Not a test: measures how fast the views projection works off a backlog of sealed messages, and
/// shows how Postgres answers the reads that matter at that size.
///
/// `java -cp ... dev.parley.projection.views.BacklogMeasure [messages] [entries a batch]`
public final class BacklogMeasure {

  private static final int CONVERSATIONS = 12;
  private static final int PEOPLE = 500;

  private BacklogMeasure() {}

  public static void main(String[] arguments) {
    int messages = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 160_000;
    int batch = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2_000;
    var random = new Random(1);
    var people = new ArrayList<Person>();
    Map<UUID, KeyLookup> keys = new HashMap<>();
    for (int i = 0; i < PEOPLE; i++) {
      var person = Person.random();
      people.add(person);
      keys.put(person.id(), new KeyLookup.Known(person.key()));
    }
    var log = new InMemoryLog(CONVERSATIONS);
    var conversations = conversations(people, messages, random);
    int events = 0;
    for (var conversation : conversations) {
      conversation.events().forEach(log::append);
      events += conversation.events().size();
    }
    try (var database = new TestDatabase()) {
      database.create();
      var reader = new ContentReader(user -> keys.getOrDefault(user, new KeyLookup.Unknown()));
      var projection = ViewsProjection.of(1, database.pool(), reader);
      long start = System.nanoTime();
      log.deliver(projection, batch);
      double seconds = (System.nanoTime() - start) / 1e9;
      System.out.printf(
          "%d events in %.1f s, batches of %d: %.0f events/s%n",
          events, seconds, batch, events / seconds);
      database.run("analyze");
      explain(database, conversations.getFirst(), people.getFirst());
    }
    System.exit(0);
  }

  private static List<Conversation> conversations(
      List<Person> people, int messages, Random random) {
    var conversations = new ArrayList<Conversation>();
    for (int i = 0; i < CONVERSATIONS; i++) {
      var conversation =
          new Conversation(
              people.getFirst(), ConversationKind.CHANNEL, HistoryVisibility.FROM_START, "C" + i);
      people.stream().skip(1).forEach(person -> conversation.join(person, Role.MEMBER));
      // The first conversation gets half of everything, as the largest channel of a workspace does.
      int share = i == 0 ? messages / 2 : messages / 2 / (CONVERSATIONS - 1);
      for (int m = 0; m < share; m++) {
        conversation.send(
            people.get(random.nextInt(people.size())), "word ".repeat(5 + random.nextInt(60)));
      }
      conversations.add(conversation);
    }
    return conversations;
  }

  private static void explain(TestDatabase database, Conversation conversation, Person person) {
    var where = "where conversation = '%s'".formatted(conversation.id());
    plan(
        database,
        "a page of history",
        "select * from views.message "
            + where
            + " and seq between 1 and 40000 order by seq desc limit 51");
    plan(
        database,
        "a page of events",
        """
        select e.seq, e.record from views.event e where e.conversation = '%s' and e.seq > 40000
          and exists (select 1 from unnest('{1}'::bigint[], '{999999}'::bigint[]) as v (first, last)
            where e.seq between v.first and v.last)
        order by e.seq limit 500\
        """
            .formatted(conversation.id()));
    plan(
        database,
        "an inbox",
        """
        select c.id, l.text from views.member m join views.conversation c on c.id = m.conversation
        left join views.message l on l.conversation = c.id and l.seq = c.last_message_seq
        where m.user_id = '%s' and m.left_seq is null order by c.last_at desc, c.id desc limit 100\
        """
            .formatted(person.id()));
    plan(
        database,
        "one message",
        "select * from views.message " + where + " and id = '%s'".formatted(UUID.randomUUID()));
  }

  private static void plan(TestDatabase database, String what, String sql) {
    System.out.println("-- " + what);
    Postgres.await(
            database.pool().query("explain (analyze, costs off, timing off) " + sql).execute(),
            Duration.ofMinutes(1))
        .forEach(row -> System.out.println("   " + row.getString(0)));
  }
}
