package dev.parley.tokens;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.OctetKeyPairJsonWebKey;
import org.jose4j.jwk.OkpJwkGenerator;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/// Makes tokens with a key of its own.
record Signer(PublicJsonWebKey key, String algorithm) {

  static Signer es256(String id) {
    try {
      return named(EcJwkGenerator.generateJwk(EllipticCurves.P256), "ES256", id);
    } catch (JoseException failed) {
      throw new IllegalStateException(failed);
    }
  }

  static Signer rsa(String algorithm, String id) {
    try {
      return named(RsaJwkGenerator.generateJwk(2048), algorithm, id);
    } catch (JoseException failed) {
      throw new IllegalStateException(failed);
    }
  }

  static Signer ed25519(String id) {
    try {
      return named(
          OkpJwkGenerator.generateJwk(OctetKeyPairJsonWebKey.SUBTYPE_ED25519), "EdDSA", id);
    } catch (JoseException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static Signer named(PublicJsonWebKey key, String algorithm, String id) {
    key.setKeyId(id);
    return new Signer(key, algorithm);
  }

  /// @param type the header `typ`; null: none
  String sign(Map<String, Object> claims, @Nullable String type) {
    return sign(claims, type, key.getKeyId());
  }

  String sign(Map<String, Object> claims, @Nullable String type, @Nullable String keyId) {
    try {
      var token = new JsonWebSignature();
      token.setAlgorithmHeaderValue(algorithm);
      if (type != null) {
        token.setHeader("typ", type);
      }
      if (keyId != null) {
        token.setKeyIdHeaderValue(keyId);
      }
      token.setPayload(JsonUtil.toJson(new LinkedHashMap<>(claims)));
      token.setKey(key.getPrivateKey());
      return token.getCompactSerialization();
    } catch (JoseException failed) {
      throw new IllegalStateException(failed);
    }
  }
}
