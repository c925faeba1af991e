package dev.parley.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.parley.schemas.content.ContentKey;
import dev.parley.schemas.content.KeyLookup;
import dev.parley.schemas.content.MasterKey;
import dev.parley.schemas.content.WrappedKey;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.topic.Topics;
import dev.parley.schemas.user.UserCodec;
import dev.parley.schemas.user.UserProfile;
import dev.parley.stack.test.TestEngines;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UserTableTest {

  private static final String BROKER = TestEngines.kafka().bootstrapServers();
  private static final MasterKey MASTER = MasterKey.ofBase64(MasterKey.randomBase64());
  private static final ContentKey KEY = ContentKey.random();
  private static final Duration BOUND = Duration.ofSeconds(30);

  private final RecordPublisher publisher =
      new RecordPublisher(PublisherConfig.of(BROKER, "people"));
  private final UserTable table = new UserTable(BROKER, MASTER);

  @BeforeAll
  static void createTopics() {
    TopicAdmin.ensure(BROKER, 3, (short) 1, BOUND);
  }

  @BeforeEach
  void preparePublisher() {
    publisher.prepare(Topics.USERS, BOUND);
  }

  @AfterEach
  void close() {
    table.close();
    publisher.close();
  }

  @Test
  void everybodyKnownAtTheStartIsThereOnceLoaded() {
    var ada = Ids.uuid7();
    var key = ContentKey.random();
    publish(ada, 1, MASTER.wrap(ada, key));

    table.start();

    assertThat(table.awaitLoaded(BOUND)).isTrue();
    assertThat(keyId(table.keyOf(ada))).isEqualTo(key.id());
    assertThat(table.profile(ada)).extracting(UserProfile::name).isEqualTo("name-1");
  }

  @Test
  void aKeyThatIsWaitedForComesAsSoonAsThePersonIsKnown() {
    table.start();
    assertThat(table.awaitLoaded(BOUND)).isTrue();
    var ada = Ids.uuid7();
    var arrival = table.awaitKey(ada, BOUND).toCompletableFuture();
    assertThat(arrival).isNotDone();
    var key = ContentKey.random();

    publish(ada, 1, MASTER.wrap(ada, key));

    assertThat(keyId(arrival.join())).isEqualTo(key.id());
  }

  @Test
  void aKeyThatDoesNotComeInTimeIsUnknown() {
    var lookup = table.awaitKey(Ids.uuid7(), Duration.ofMillis(20)).toCompletableFuture().join();
    assertThat(lookup).isEqualTo(new KeyLookup.Unknown());
  }

  @Test
  void anErasedPersonHasNoKeyAndAnOlderVersionDoesNotBringItBack() {
    table.start();
    var ada = Ids.uuid7();
    var wrapped = MASTER.wrap(ada, ContentKey.random());
    publish(ada, 1, wrapped);
    publish(ada, 2, null);
    publish(ada, 1, wrapped);
    var last = Ids.uuid7();
    publish(last, 1, wrapped);

    await()
        .atMost(BOUND)
        .untilAsserted(() -> assertThat(table.keyOf(ada)).isEqualTo(new KeyLookup.Erased()));
  }

  @Test
  void whoIsBlockedIsBlockedInTheDirectConversationOnlyAndUntilUnblocked() {
    table.start();
    var ada = Ids.uuid7();
    var bob = Ids.uuid7();
    var cyd = Ids.uuid7();
    var direct = Ids.directConversation(ada, bob);
    publish(blocking(ada, 1, List.of(bob, cyd)));
    await().atMost(BOUND).until(() -> table.hasBlocked(ada, cyd));

    assertThat(table.isBlockedIn(direct, bob)).isTrue();
    assertThat(table.isBlockedIn(direct, ada)).isFalse();
    assertThat(table.hasBlocked(bob, ada)).isFalse();
    assertThat(table.isBlockedIn(Ids.uuid7(), bob)).isFalse();

    publish(blocking(ada, 2, List.of(cyd)));
    await().atMost(BOUND).until(() -> !table.isBlockedIn(direct, bob));
    assertThat(table.hasBlocked(ada, cyd)).isTrue();
  }

  @Test
  void aChangeIsToldOnceAndOnlyAfterEverybodyWasRead() {
    var ada = Ids.uuid7();
    publish(blocking(ada, 1, List.of()));
    List<UserProfile> told = new CopyOnWriteArrayList<>();
    table.onChange(told::add);
    table.start();
    assertThat(table.awaitLoaded(BOUND)).isTrue();
    var changed = blocking(ada, 2, List.of(Ids.uuid7()));
    publish(changed);
    publish(changed);
    publish(blocking(ada, 1, List.of()));
    var last = blocking(Ids.uuid7(), 1, List.of());
    publish(last);

    await().atMost(BOUND).until(() -> table.profile(last.id()) != null);
    await().atMost(BOUND).untilAsserted(() -> assertThat(told).contains(changed, last));
    assertThat(told).hasSize(2);
  }

  @Test
  void aRecordThatCannotBeReadIsNamedAndHidesNoOther() {
    table.start();
    var ada = Ids.uuid7();
    publisher.publish(Topics.USERS, "broken", new byte[] {1, 2, 3}).toCompletableFuture().join();
    publish(blocking(ada, 1, List.of()));

    await().atMost(BOUND).until(() -> table.profile(ada) != null && table.broken() != null);
    assertThat(table.broken()).startsWith(Topics.USERS + "-").contains(" offset ");
  }

  @Test
  void overTheBoundARecordIsRefusedAtOnceAndSaysSo() {
    try (var narrow =
        new RecordPublisher(
            new PublisherConfig(
                KafkaConnection.plain(BROKER), "narrow", 1, Duration.ofSeconds(10), 500))) {
      narrow.prepare(Topics.REJECTIONS, BOUND);
      var first = narrow.publish(Topics.REJECTIONS, "k", new byte[0]).toCompletableFuture();
      var second = narrow.publish(Topics.REJECTIONS, "k", new byte[0]).toCompletableFuture();
      assertThat(second).isCompletedExceptionally();
      assertThatThrownBy(second::join)
          .isInstanceOf(CompletionException.class)
          .cause()
          .isInstanceOfSatisfying(
              PublishRefusedException.class,
              refused -> assertThat(refused.code()).isEqualTo(ErrorCode.OVERLOADED));
      first.join();
    }
  }

  @Test
  void topicsKeepTheirNumberOfPartitions() {
    TopicAdmin.ensure(BROKER, 3, (short) 1, BOUND);
    assertThatThrownBy(() -> TopicAdmin.ensure(BROKER, 4, (short) 1, BOUND))
        .hasMessageContaining("the number never changes within an epoch");
  }

  private static String keyId(KeyLookup lookup) {
    return switch (lookup) {
      case KeyLookup.Known(var key) -> key.id();
      case KeyLookup.Erased() -> "erased";
      case KeyLookup.Unknown() -> "unknown";
    };
  }

  private static UserProfile blocking(UUID id, long version, List<UUID> blocked) {
    var key = MASTER.wrap(id, KEY);
    return new UserProfile(id, version, "n", "N", 1, key, false, false, false, false, blocked);
  }

  private void publish(UUID id, long version, @Nullable WrappedKey key) {
    publish(new UserProfile(id, version, "name-" + version, "Name", 1, key, key == null, false));
  }

  private void publish(UserProfile profile) {
    CompletableFuture<Void> stored =
        publisher
            .publish(Topics.USERS, profile.id().toString(), UserCodec.encode(profile))
            .toCompletableFuture();
    stored.join();
  }
}
