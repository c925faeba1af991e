package dev.parley.command.door;

import dev.parley.log.PublisherConfig;
import dev.parley.log.RecordPublisher;
import dev.parley.schemas.content.ContentKey;
import dev.parley.schemas.content.MasterKey;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.topic.Topics;
import dev.parley.schemas.user.UserCodec;
import dev.parley.schemas.user.UserProfile;
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
    UUID id = Ids.uuid7();
    UserProfile profile =
        new UserProfile(
            id, 1, name, name, 1, masterKey.wrap(id, ContentKey.random()), false, false);
    users
        .publish(Topics.USERS, id.toString(), UserCodec.encode(profile))
        .toCompletableFuture()
        .join();
    return id;
  }

  @Override
  public void close() {
    users.close();
  }
}
