package dev.parley.identity.person;

import com.google.protobuf.ByteString;
import dev.parley.schemas.content.WrappedKey;
import dev.parley.schemas.user.UserProfile;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A person as the database has them. Whoever changes one raises the version and appends to the
/// outbox in the same transaction.
@Entity
@Table(name = "person")
public class Person {

  @Id UUID id;

  String name;

  @Column(name = "display_name")
  String displayName;

  @Column(name = "password_hash")
  @Nullable String passwordHash;

  @Column(name = "key_id")
  @Nullable String keyId;

  @Column(name = "wrapped_key")
  byte @Nullable [] wrappedKey;

  long version;
  boolean erased;
  boolean imported;

  @Column(name = "created_at_ms")
  long createdAtMillis;

  /// For Hibernate, which fills the fields.
  @SuppressWarnings("NullAway.Init")
  protected Person() {}

  /// A person who registers now.
  public Person(
      UUID id,
      PersonName name,
      DisplayName displayName,
      String passwordHash,
      WrappedKey contentKey,
      long atMillis) {
    this.id = id;
    this.name = name.value();
    this.displayName = displayName.value();
    this.passwordHash = passwordHash;
    this.keyId = contentKey.keyId();
    this.wrappedKey = contentKey.wrapped().toByteArray();
    this.version = 1;
    this.createdAtMillis = atMillis;
  }

  public UUID id() {
    return id;
  }

  public boolean erased() {
    return erased;
  }

  /// Null: this person cannot log in with a password.
  public @Nullable String passwordHash() {
    return passwordHash;
  }

  /// What others may see.
  public PublicPerson publicly() {
    return new PublicPerson(id, name, displayName);
  }

  /// What the topic of people says.
  public UserProfile profile() {
    return new UserProfile(
        id, version, name, displayName, createdAtMillis, contentKey(), erased, imported);
  }

  void rename(DisplayName to) {
    displayName = to.value();
    version++;
  }

  private @Nullable WrappedKey contentKey() {
    return keyId == null || wrappedKey == null
        ? null
        : new WrappedKey(keyId, ByteString.copyFrom(wrappedKey));
  }
}
