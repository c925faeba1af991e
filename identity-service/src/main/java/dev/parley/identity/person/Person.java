package dev.parley.identity.person;

import com.google.protobuf.ByteString;
import dev.parley.schemas.content.WrappedKey;
import dev.parley.schemas.user.UserProfile;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A person as the database has them. Whoever changes one appends [#profile] to the outbox in the
/// same transaction, holding the row's lock; each change raises the version.
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
  boolean admin;
  boolean suspended;
  boolean bot;

  /// Null: an account of this deployment.
  @Nullable String issuer;

  UUID[] blocked;

  @Column(name = "created_at_ms")
  long createdAtMillis;

  /// For Hibernate, which fills the fields.
  @SuppressWarnings("NullAway.Init")
  protected Person() {}

  /// A person who is new here.
  ///
  /// @param passwordHash null: they cannot log in with a password
  public Person(
      UUID id,
      PersonName name,
      DisplayName displayName,
      @Nullable String passwordHash,
      WrappedKey contentKey,
      long atMillis) {
    this.id = id;
    this.name = name.value();
    this.displayName = displayName.value();
    this.passwordHash = passwordHash;
    this.keyId = contentKey.keyId();
    this.wrappedKey = contentKey.wrapped().toByteArray();
    this.version = 1;
    this.blocked = new UUID[0];
    this.createdAtMillis = atMillis;
  }

  /// This new person as a bot.
  public Person asBot() {
    bot = true;
    return this;
  }

  /// This new person as one whom another issuer of tokens knows.
  public Person of(String tokenIssuer) {
    issuer = tokenIssuer;
    return this;
  }

  public UUID id() {
    return id;
  }

  public String name() {
    return name;
  }

  public String displayName() {
    return displayName;
  }

  public long createdAtMillis() {
    return createdAtMillis;
  }

  /// Nothing is left of them but their id.
  public boolean erased() {
    return erased;
  }

  public boolean imported() {
    return imported;
  }

  /// An admin of the whole deployment.
  public boolean admin() {
    return admin;
  }

  /// Banned from the whole deployment.
  public boolean suspended() {
    return suspended;
  }

  public boolean bot() {
    return bot;
  }

  /// The issuer of tokens who knows them; null: they have an account here.
  public @Nullable String issuer() {
    return issuer;
  }

  /// Null: this person cannot log in with a password.
  public @Nullable String passwordHash() {
    return passwordHash;
  }

  /// Whom they want nothing of, in the order of blocking.
  public List<UUID> blocked() {
    return List.of(blocked);
  }

  /// The content key under the master key; null once they were erased.
  public @Nullable WrappedKey contentKey() {
    return keyId == null || wrappedKey == null
        ? null
        : new WrappedKey(keyId, ByteString.copyFrom(wrappedKey));
  }

  /// Whether this person may sign in and stay signed in.
  public boolean mayEnter() {
    return !erased && !suspended;
  }

  /// Another password, or the same one hashed at a higher cost.
  public void changePassword(String hash) {
    passwordHash = hash;
  }

  /// What others may see.
  public PublicPerson publicly() {
    return new PublicPerson(id, name, displayName, bot);
  }

  /// What the topic of people says.
  public UserProfile profile() {
    return new UserProfile(
        id,
        version,
        name,
        displayName,
        createdAtMillis,
        contentKey(),
        erased,
        imported,
        suspended,
        bot,
        blocked());
  }

  public void rename(DisplayName to) {
    displayName = to.value();
    version++;
  }

  public void suspend() {
    suspended = true;
    version++;
  }

  public void restore() {
    suspended = false;
    version++;
  }

  /// The topic does not say who is an admin: tokens do.
  public void makeAdmin() {
    admin = true;
  }

  public void takeAdmin() {
    admin = false;
  }

  public void block(UUID other) {
    blocked = Stream.concat(Arrays.stream(blocked), Stream.of(other)).toArray(UUID[]::new);
    version++;
  }

  public void unblock(UUID other) {
    blocked = Arrays.stream(blocked).filter(id -> !id.equals(other)).toArray(UUID[]::new);
    version++;
  }

  /// The same content key under another master key.
  public void rewrap(WrappedKey to) {
    keyId = to.keyId();
    wrappedKey = to.wrapped().toByteArray();
    version++;
  }

  /// Leaves the id, when it began and what kind it was; without the key, nothing they wrote opens.
  ///
  /// @param placeholder a name that says nothing of them
  public void erase(PersonName placeholder) {
    name = placeholder.value();
    displayName = "";
    passwordHash = null;
    keyId = null;
    wrappedKey = null;
    blocked = new UUID[0];
    issuer = null;
    admin = false;
    suspended = false;
    erased = true;
    version++;
  }
}
