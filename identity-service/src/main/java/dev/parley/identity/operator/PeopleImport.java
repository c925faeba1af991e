package dev.parley.identity.operator;

import dev.parley.identity.operator.PeopleImportResource.Answer;
import dev.parley.identity.outbox.Outbox;
import dev.parley.identity.person.PersonName;
import dev.parley.identity.person.PublicPerson;
import dev.parley.schemas.content.ContentKey;
import dev.parley.schemas.content.MasterKey;
import dev.parley.schemas.content.WrappedKey;
import dev.parley.schemas.topic.Topics;
import dev.parley.schemas.user.UserCodec;
import dev.parley.schemas.user.UserProfile;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/// Adds people in one transaction, with multi-row statements. A person whose id is known is left as
/// they are, so the same call may be sent again.
@ApplicationScoped
class PeopleImport {

  private static final Logger LOG = Logger.getLogger(PeopleImport.class);

  /// Names are given under a lock, so that two imports do not choose the same one.
  private static final long LOCK = 0x7061_726c_6579_0003L;

  /// A registration may take a name between its choice and its use; then the call is done again.
  private static final int RETRIES_MAX = 5;

  private static final String UNIQUE_VIOLATION = "23505";

  private final Pool pool;
  private final Outbox outbox;
  private final MasterKey masterKey;
  private final InstantSource clock;

  PeopleImport(Pool pool, Outbox outbox, MasterKey masterKey, InstantSource clock) {
    this.pool = pool;
    this.outbox = outbox;
    this.masterKey = masterKey;
    this.clock = clock;
  }

  Uni<Answer> add(List<Newcomer> newcomers) {
    if (newcomers.isEmpty()) {
      return Uni.createFrom().item(new Answer(0, 0, List.of()));
    }
    return pool.withTransaction(connection -> add(connection, newcomers))
        .onFailure(PeopleImport::isTaken)
        .retry()
        .atMost(RETRIES_MAX)
        .invoke(outbox::wake)
        .invoke(answer ->
            LOG.infof(
                "people imported created=%d existing=%d", answer.created(), answer.existing()));
  }

  private Uni<Answer> add(SqlConnection connection, List<Newcomer> newcomers) {
    return connection
        .preparedQuery("select pg_advisory_xact_lock($1)")
        .execute(Tuple.of(LOCK))
        .chain(() -> existing(connection, newcomers))
        .chain(existing -> addMissing(connection, newcomers, existing));
  }

  private Uni<Answer> addMissing(
      SqlConnection connection, List<Newcomer> newcomers, Map<UUID, PublicPerson> existing) {
    List<Newcomer> missing =
        newcomers.stream().filter(newcomer -> !existing.containsKey(newcomer.id())).toList();
    if (missing.isEmpty()) {
      return Uni.createFrom().item(answer(newcomers, existing, 0));
    }
    return names(connection, missing, new HashSet<>())
        .map(names -> profiles(missing, names))
        .call(profiles -> insert(connection, profiles))
        .call(profiles -> append(connection, profiles))
        .map(profiles -> {
          Map<UUID, PublicPerson> all = new HashMap<>(existing);
          profiles.forEach(
              p -> all.put(p.id(), new PublicPerson(p.id(), p.name(), p.displayName())));
          return answer(newcomers, all, profiles.size());
        });
  }

  private static Answer answer(
      List<Newcomer> newcomers, Map<UUID, PublicPerson> people, int created) {
    List<PublicPerson> users = new ArrayList<>(newcomers.size());
    for (Newcomer newcomer : newcomers) {
      PublicPerson person = people.get(newcomer.id());
      if (person == null) {
        throw new IllegalStateException("Expected " + newcomer.id() + " to exist by now");
      }
      users.add(person);
    }
    return new Answer(created, newcomers.size() - created, users);
  }

  /// Chooses names and asks who has them, until nobody has.
  private static Uni<Map<UUID, PersonName>> names(
      SqlConnection connection, List<Newcomer> missing, Set<String> taken) {
    Map<UUID, PersonName> names = FreeNames.assign(missing, name -> taken.contains(name.value()));
    return takenAmong(connection, names.values())
        .chain(found -> {
          if (found.isEmpty()) {
            return Uni.createFrom().item(names);
          }
          taken.addAll(found);
          return names(connection, missing, taken);
        });
  }

  private List<UserProfile> profiles(List<Newcomer> missing, Map<UUID, PersonName> names) {
    List<UserProfile> profiles = new ArrayList<>(missing.size());
    for (Newcomer newcomer : missing) {
      PersonName name = names.getOrDefault(newcomer.id(), newcomer.name());
      profiles.add(
          new UserProfile(
              newcomer.id(),
              1,
              name.value(),
              newcomer.displayName().value(),
              clock.millis(),
              masterKey.wrap(newcomer.id(), ContentKey.random()),
              false,
              true));
    }
    return profiles;
  }

  private static Uni<Map<UUID, PublicPerson>> existing(
      SqlConnection connection, List<Newcomer> newcomers) {
    return connection
        .preparedQuery("select id, name, display_name from identity.person where id = any($1)")
        .execute(Tuple.of(newcomers.stream().map(Newcomer::id).toArray(UUID[]::new)))
        .map(PeopleImport::byId);
  }

  private static Map<UUID, PublicPerson> byId(RowSet<Row> rows) {
    Map<UUID, PublicPerson> people = new HashMap<>();
    for (Row row : rows) {
      UUID id = row.getUUID("id");
      people.put(id, new PublicPerson(id, row.getString("name"), row.getString("display_name")));
    }
    return people;
  }

  private static Uni<Set<String>> takenAmong(
      SqlConnection connection, Collection<PersonName> candidates) {
    return connection
        .preparedQuery("select name from identity.person where name = any($1)")
        .execute(Tuple.of(candidates.stream().map(PersonName::value).toArray(String[]::new)))
        .map(rows -> {
          Set<String> taken = new HashSet<>();
          rows.forEach(row -> taken.add(row.getString("name")));
          return taken;
        });
  }

  private static Uni<?> insert(SqlConnection connection, List<UserProfile> people) {
    return connection
        .preparedQuery(
            """
            insert into identity.person
              (id, name, display_name, key_id, wrapped_key, version, erased, imported, created_at_ms)
            select id, name, display_name, key_id, wrapped_key, 1, false, true, created_at_ms
            from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::bytea[], $6::bigint[])
              as newcomer (id, name, display_name, key_id, wrapped_key, created_at_ms)
            """)
        .execute(
            Tuple.from(
                List.of(
                    people.stream().map(UserProfile::id).toArray(UUID[]::new),
                    people.stream().map(UserProfile::name).toArray(String[]::new),
                    people.stream().map(UserProfile::displayName).toArray(String[]::new),
                    keys(people).stream().map(WrappedKey::keyId).toArray(String[]::new),
                    keys(people).stream()
                        .map(key -> Buffer.buffer(key.wrapped().toByteArray()))
                        .toArray(Buffer[]::new),
                    people.stream().map(UserProfile::createdAtMillis).toArray(Long[]::new))));
  }

  private static Uni<?> append(SqlConnection connection, List<UserProfile> people) {
    return connection
        .preparedQuery(
            """
            insert into identity.outbox (person_id, topic, record_key, record, written_at_ms)
            select person_id, $4, person_id::text, record, written_at_ms
            from unnest($1::uuid[], $2::bytea[], $3::bigint[]) as written (person_id, record, written_at_ms)
            """)
        .execute(
            Tuple.of(
                people.stream().map(UserProfile::id).toArray(UUID[]::new),
                people.stream()
                    .map(person -> Buffer.buffer(UserCodec.encode(person)))
                    .toArray(Buffer[]::new),
                people.stream().map(UserProfile::createdAtMillis).toArray(Long[]::new),
                Topics.USERS));
  }

  private static boolean isTaken(Throwable failure) {
    return failure instanceof PgException pg && UNIQUE_VIOLATION.equals(pg.getSqlState());
  }

  private static List<WrappedKey> keys(List<UserProfile> people) {
    return people.stream().map(UserProfile::contentKey).flatMap(Stream::ofNullable).toList();
  }
}
