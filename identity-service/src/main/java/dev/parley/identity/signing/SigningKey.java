package dev.parley.identity.signing;

import java.security.PrivateKey;
import java.security.interfaces.ECPublicKey;

/// A P-256 key pair under the id that tokens name in their header (`kid`).
///
/// @param signsFromMillis when it begins to sign; it is published before
public record SigningKey(
    String id, ECPublicKey publicKey, PrivateKey privateKey, long signsFromMillis) {

  @Override
  public String toString() {
    return "SigningKey[" + id + "]";
  }
}
