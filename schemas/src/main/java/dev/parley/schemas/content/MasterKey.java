package dev.parley.schemas.content;

import com.google.protobuf.ByteString;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

/// The deployment's key: it wraps content keys and other secrets, and is itself never stored by
/// Parley.
///
/// While it is being changed for another, what was wrapped with previous ones still unwraps.
public final class MasterKey {

  private static final SecureRandom RANDOM = new SecureRandom();

  private final SecretBox current;
  private final List<SecretBox> previous;

  private MasterKey(SecretBox current, List<SecretBox> previous) {
    this.current = current;
    this.previous = previous;
  }

  /// @param base64 32 bytes
  /// @throws IllegalArgumentException if it is not that; the message does not repeat it
  public static MasterKey ofBase64(String base64) {
    return ofBase64(base64, List.of());
  }

  /// @param base64 32 bytes
  /// @param previous such keys, which only unwrap
  /// @throws IllegalArgumentException if one is not that; the message does not repeat it
  public static MasterKey ofBase64(String base64, List<String> previous) {
    return new MasterKey(
        box(base64, "parley.master-key"),
        previous.stream().map(key -> box(key, "parley.master-key-previous")).toList());
  }

  private static SecretBox box(String base64, String setting) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(base64.strip());
    } catch (IllegalArgumentException notBase64) {
      throw new IllegalArgumentException("The master key (" + setting + ") is not base64");
    }
    if (bytes.length != AesGcm.KEY_BYTES) {
      throw new IllegalArgumentException(
          "The master key (" + setting + ") must be base64 of 32 bytes, but has " + bytes.length);
    }
    return new SecretBox(bytes);
  }

  /// A new random master key as base64, for a deployment that has none yet.
  public static String randomBase64() {
    var secret = new byte[AesGcm.KEY_BYTES];
    RANDOM.nextBytes(secret);
    return Base64.getEncoder().encodeToString(secret);
  }

  /// The key of `user`, safe to store.
  public WrappedKey wrap(UUID user, ContentKey key) {
    return new WrappedKey(
        key.id(), ByteString.copyFrom(wrap(name(user, key.id()), key.secret().getEncoded())));
  }

  /// @throws IllegalArgumentException if it was wrapped for somebody else or under another master
  ///   key
  public ContentKey unwrap(UUID user, WrappedKey wrapped) {
    return new ContentKey(
        wrapped.keyId(), unwrap(name(user, wrapped.keyId()), wrapped.wrapped().toByteArray()));
  }

  /// The same content key under the current master key.
  ///
  /// @throws IllegalArgumentException as [#unwrap]
  public WrappedKey rewrap(UUID user, WrappedKey wrapped) {
    return wrap(user, unwrap(user, wrapped));
  }

  /// Whether it is wrapped with the current master key, and needs no previous one.
  public boolean isCurrent(UUID user, WrappedKey wrapped) {
    return isCurrent(name(user, wrapped.keyId()), wrapped.wrapped().toByteArray());
  }

  /// Wraps any small secret under a name that it must be unwrapped with: nonce, ciphertext, tag.
  public byte[] wrap(String name, byte[] plain) {
    return current.seal(plain, name);
  }

  /// @throws IllegalArgumentException if it was wrapped under another name or another master key
  public byte[] unwrap(String name, byte[] wrapped) {
    return Stream.concat(Stream.of(current), previous.stream())
        .map(key -> key.open(wrapped, name))
        .filter(Objects::nonNull)
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "Could not unwrap the secret \"" + name + "\": was the master key changed?"));
  }

  /// Whether the secret of that name is wrapped with the current master key.
  public boolean isCurrent(String name, byte[] wrapped) {
    return current.open(wrapped, name) != null;
  }

  private static String name(UUID user, String keyId) {
    return user + "/" + keyId;
  }
}
