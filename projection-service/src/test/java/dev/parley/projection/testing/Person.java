package dev.parley.projection.testing;

import dev.parley.schemas.content.ContentKey;
import dev.parley.schemas.content.MasterKey;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.user.UserProfile;
import java.util.UUID;

/// Somebody with a content key.
public record Person(UUID id, ContentKey key) {

  public static Person random() {
    return new Person(Ids.uuid7(), ContentKey.random());
  }

  public UserProfile profile(MasterKey masterKey) {
    var name = "p" + id;
    return new UserProfile(
        id, 1, name, "Person " + id, 1_000, masterKey.wrap(id, key), false, false);
  }

  public UserProfile erased() {
    return new UserProfile(id, 2, "gone-" + id, "", 1_000, null, true, false);
  }
}
