package dev.parley.command.door;

import dev.parley.log.PublisherConfig;
import dev.parley.log.RecordPublisher;
import dev.parley.schemas.content.ContentKey;
import dev.parley.schemas.content.MasterKey;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.topic.Topics;
import dev.parley.schemas.user.UserCodec;
import dev.parley.schemas.user.UserProfile;
import java.util.List;
import java.util.UUID;

/// Registers people as identity-service does.
final class TestPeople implements AutoCloseable {

  private final MasterKey masterKey;
  private final RecordPublisher users;

  TestPeople(String bootstrap, String masterKey) {
    this.masterKey = MasterKey.ofBase64(masterKey);
    this.users = new RecordPublisher(PublisherConfig.of(bootstrap, "test-people"));
    users.prepare(Topics.USERS, java.time.Duration.ofSeconds(30));
  }

  UUID register(String name) {
    return register(name, List.of());
  }

  UUID register(String name, List<UUID> blocked) {
    UUID id = Ids.uuid7();
    publish(
        new UserProfile(
            id,
            1,
            name,
            name,
            1,
            masterKey.wrap(id, ContentKey.random()),
            false,
            false,
            false,
            false,
            blocked));
    return id;
  }

  void erase(UUID id) {
    publish(new UserProfile(id, 2, "erased-1", "", 1, null, true, false));
  }

  private void publish(UserProfile profile) {
    users
        .publish(Topics.USERS, profile.id().toString(), UserCodec.encode(profile))
        .toCompletableFuture()
        .join();
  }

  @Override
  public void close() {
    users.close();
  }
}
