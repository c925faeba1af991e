package dev.parley.identity.signing;

import java.security.PrivateKey;
import java.security.PublicKey;
import org.jose4j.jws.AlgorithmIdentifiers;

/// A key pair under the id that tokens name in their header (`kid`).
///
/// New ones are RSA of 2048 bits, since a door verifies RS256 ten times as fast as ES256; those of
/// before are EC on P-256.
///
/// @param signsFromMillis when it begins to sign; it is published before
public record SigningKey(
    String id, PublicKey publicKey, PrivateKey privateKey, long signsFromMillis) {

  static final String RSA = "RSA";
  static final String EC = "EC";

  /// The `alg` of its tokens.
  String algorithm() {
    return switch (publicKey.getAlgorithm()) {
      case RSA -> AlgorithmIdentifiers.RSA_USING_SHA256;
      case EC -> AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256;
      case String other -> throw new IllegalStateException("Expected RSA or EC, not " + other);
    };
  }

  @Override
  public String toString() {
    return "SigningKey[" + id + "]";
  }
}
