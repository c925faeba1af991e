package dev.parley.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.log.KafkaConnection;
import dev.parley.log.PublisherConfig;
import dev.parley.log.RecordPublisher;
import dev.parley.log.RevocationTable;
import dev.parley.log.TopicAdmin;
import dev.parley.log.UserTable;
import dev.parley.schemas.content.ContentKey;
import dev.parley.schemas.content.MasterKey;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.session.Revocation;
import dev.parley.schemas.session.RevocationCodec;
import dev.parley.schemas.topic.Topics;
import dev.parley.schemas.user.UserCodec;
import dev.parley.schemas.user.UserProfile;
import dev.parley.stack.test.TestEngines;
import dev.parley.tokens.Verdict.Reason;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Tokens that were found good before, and what the real log says of them afterwards.
class LogStandingTest {

  private static final String BROKER = TestEngines.kafka().bootstrapServers();
  private static final MasterKey MASTER = MasterKey.ofBase64(MasterKey.randomBase64());
  private static final Duration BOUND = Duration.ofSeconds(30);
  private static final Signer SIGNER = Signer.es256("k1");

  private final KafkaConnection kafka = KafkaConnection.plain(BROKER);
  private final UserTable users = new UserTable(kafka, MASTER);
  private final RevocationTable revocations = new RevocationTable(kafka, InstantSource.system());
  private final RecordPublisher publisher =
      new RecordPublisher(PublisherConfig.of(BROKER, "standing"));
  private final KeyServer keys = new KeyServer(SIGNER.key());
  private final Doors door =
      new Doors(
          keys.jwksUrl(), Map.of("start-wait", "30s"), new LogStanding(users, revocations), null);
  private final List<Ended> ended = new CopyOnWriteArrayList<>();
  private final UUID ada = Ids.uuid7();
  private final UUID session = Ids.uuid7();

  @BeforeEach
  void start() {
    TopicAdmin.ensure(BROKER, 3, (short) 1, BOUND);
    publisher.prepare(Topics.USERS, BOUND);
    publisher.prepare(Topics.SESSIONS, BOUND);
    users.start();
    revocations.start();
    door.verifier.onEnd(ended::add);
  }

  @AfterEach
  void close() {
    door.close();
    keys.close();
    users.close();
    revocations.close();
    publisher.close();
  }

  private String token() {
    var claims = door.own(ada.toString());
    claims.put("sid", session.toString());
    return SIGNER.sign(claims, "at+jwt");
  }

  @Test
  void aRevokedSessionIsRefusedAtOnceThoughItsTokenIsRemembered() {
    var token = token();
    assertThat(door.verify(token)).isInstanceOf(Verdict.Valid.class);

    publish(new Revocation.OfSession(ada, session, System.currentTimeMillis()));

    awaitRefused(token, Reason.REVOKED);
    assertThat(ended).contains(new Ended.Session(ada, session));
  }

  @Test
  void allTokensOfAPersonThatWereIssuedBeforeAreRefused() {
    var token = token();
    assertThat(door.verify(token)).isInstanceOf(Verdict.Valid.class);
    var at = System.currentTimeMillis() + 1_000;

    publish(new Revocation.OfPerson(ada, at));

    awaitRefused(token, Reason.REVOKED);
    assertThat(ended).contains(new Ended.Tokens(ada, at));
  }

  @Test
  void aSuspendedPersonIsRefusedUntilTheyMayComeBack() {
    var token = token();
    publish(profile(1, false, false));
    assertThat(door.verify(token)).isInstanceOf(Verdict.Valid.class);

    publish(profile(2, true, false));
    awaitRefused(token, Reason.SUSPENDED);
    assertThat(ended).contains(new Ended.Suspended(ada));

    publish(profile(3, false, false));
    await().atMost(BOUND).until(() -> door.verify(token) instanceof Verdict.Valid);
  }

  @Test
  void anErasedPersonIsRefused() {
    var token = token();
    publish(profile(1, false, false));
    assertThat(door.verify(token)).isInstanceOf(Verdict.Valid.class);

    publish(profile(2, false, true));

    awaitRefused(token, Reason.ERASED);
    assertThat(ended).contains(new Ended.Erased(ada));
  }

  private void awaitRefused(String token, Reason reason) {
    await().atMost(BOUND).until(() -> door.verify(token).equals(new Verdict.Refused(reason)));
  }

  private UserProfile profile(long version, boolean suspended, boolean erased) {
    var key = erased ? null : MASTER.wrap(ada, ContentKey.random());
    return new UserProfile(
        ada, version, "ada", "Ada", 1, key, erased, false, suspended, false, List.of());
  }

  private void publish(UserProfile person) {
    publisher
        .publish(Topics.USERS, person.id().toString(), UserCodec.encode(person))
        .toCompletableFuture()
        .join();
  }

  private void publish(Revocation revocation) {
    publisher
        .publish(
            Topics.SESSIONS, RevocationCodec.key(revocation), RevocationCodec.encode(revocation))
        .toCompletableFuture()
        .join();
  }
}
