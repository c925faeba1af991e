package dev.parley.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.schemas.id.Ids;
import dev.parley.schemas.session.Revocation;
import dev.parley.schemas.session.RevocationCodec;
import dev.parley.schemas.topic.Topics;
import dev.parley.stack.test.TestEngines;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RevocationTableTest {

  private static final String BROKER = TestEngines.kafka().bootstrapServers();
  private static final Duration BOUND = Duration.ofSeconds(30);
  private static final Instant START = Instant.now();

  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private final RecordPublisher publisher =
      new RecordPublisher(PublisherConfig.of(BROKER, "revoking"));
  private final RevocationTable table =
      new RevocationTable(KafkaConnection.plain(BROKER), now::get);
  private final UUID ada = Ids.uuid7();

  @BeforeAll
  static void createTopics() {
    TopicAdmin.ensure(BROKER, 3, (short) 1, BOUND);
  }

  @BeforeEach
  void preparePublisher() {
    publisher.prepare(Topics.SESSIONS, BOUND);
  }

  @AfterEach
  void close() {
    table.close();
    publisher.close();
  }

  @Test
  void aSessionThatWasRevokedBeforeTheStartIsKnownOnceLoaded() {
    var session = Ids.uuid7();
    revoke(new Revocation.OfSession(ada, session, START.toEpochMilli()));

    load();

    assertThat(table.revoked(ada, session, START.toEpochMilli())).isTrue();
    assertThat(table.revoked(ada, Ids.uuid7(), START.toEpochMilli())).isFalse();
    assertThat(table.revoked(ada, null, START.toEpochMilli())).isFalse();
  }

  @Test
  void allTokensOfAPersonThatAreOlderAreVoidAndNoYoungerOne() {
    load();
    var at = START.toEpochMilli();
    revoke(new Revocation.OfPerson(ada, at));
    await().atMost(BOUND).until(() -> table.revoked(ada, null, at - 1));

    assertThat(table.revoked(ada, Ids.uuid7(), at - 1)).isTrue();
    assertThat(table.revoked(ada, null, at)).isFalse();
    assertThat(table.revoked(Ids.uuid7(), null, at - 1)).isFalse();
  }

  @Test
  void anEarlierMomentDoesNotReplaceALaterOne() {
    load();
    var at = START.toEpochMilli();
    revoke(new Revocation.OfPerson(ada, at));
    revoke(new Revocation.OfPerson(ada, at - 5_000));
    var last = Ids.uuid7();
    revoke(new Revocation.OfSession(ada, last, at));
    await().atMost(BOUND).until(() -> table.revoked(ada, last, at));

    assertThat(table.revoked(ada, null, at - 1)).isTrue();
  }

  @Test
  void aRevocationIsToldOnceAndNotThoseOfBefore() {
    revoke(new Revocation.OfSession(ada, Ids.uuid7(), START.toEpochMilli()));
    List<Revocation> told = new CopyOnWriteArrayList<>();
    table.onRevocation(told::add);
    load();
    var first = new Revocation.OfSession(ada, Ids.uuid7(), START.toEpochMilli());
    var second = new Revocation.OfPerson(ada, START.toEpochMilli());

    revoke(first);
    revoke(first);
    revoke(second);

    await().atMost(BOUND).untilAsserted(() -> assertThat(told).contains(second));
    // Of two partitions either may come first.
    await().atMost(BOUND).untilAsserted(() -> assertThat(told).contains(first));
    assertThat(told).hasSize(2);
  }

  @Test
  void whatNoTokenCanOutliveIsForgotten() {
    load();
    var session = Ids.uuid7();
    revoke(new Revocation.OfSession(ada, session, START.toEpochMilli()));
    await().atMost(BOUND).until(() -> table.revoked(ada, session, 0));

    now.set(START.plus(RevocationTable.KEPT).plusSeconds(60));

    await().atMost(BOUND).until(() -> !table.revoked(ada, session, 0));
    assertThat(table.size()).isZero();
  }

  private void load() {
    table.start();
    assertThat(table.loaded().toCompletableFuture()).succeedsWithin(BOUND);
  }

  private void revoke(Revocation revocation) {
    publisher
        .publish(
            Topics.SESSIONS, RevocationCodec.key(revocation), RevocationCodec.encode(revocation))
        .toCompletableFuture()
        .join();
  }
}
