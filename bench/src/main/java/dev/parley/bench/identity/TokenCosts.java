package dev.parley.bench.identity;

import dev.parley.log.KafkaConnection;
import dev.parley.log.RevocationTable;
import dev.parley.log.UserTable;
import dev.parley.schemas.content.MasterKey;
import dev.parley.schemas.id.Ids;
import dev.parley.tokens.JwtVerifier;
import dev.parley.tokens.TokenVerifier;
import dev.parley.tokens.Verdict;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/// Checking an access token as every door does, with the people and the revocations of the running
/// deployment: one that was never seen, and one that was.
public final class TokenCosts {

  private static final long AIM_NANOS = 100_000;
  private static final int FRESH_WARM_UP = 4_000;
  private static final int FRESH_CALLS = 1_000;
  private static final int SEEN_WARM_UP = 200_000;
  private static final int SEEN_CALLS = 100_000;
  private static final int RSA_BITS = 2_048;
  private static final String KEY_ID = "bench";
  private static final Duration LOAD_LIMIT = Duration.ofMinutes(2);

  private TokenCosts() {}

  public static List<Cost> measure(KafkaConnection kafka) {
    // What is checked here opens no content key.
    var anyKey = MasterKey.ofBase64(MasterKey.randomBase64());
    try (var users = new UserTable(kafka, anyKey);
        var revocations = new RevocationTable(kafka, InstantSource.system())) {
      users.start();
      revocations.start();
      users
          .loaded()
          .thenCombine(revocations.loaded(), (people, _) -> people)
          .toCompletableFuture()
          .orTimeout(LOAD_LIMIT.toSeconds(), TimeUnit.SECONDS)
          .join();
      var costs = new ArrayList<Cost>();
      costs.addAll(
          measure("ES256", EcJwkGenerator.generateJwk(EllipticCurves.P256), users, revocations));
      costs.addAll(measure("RS256", RsaJwkGenerator.generateJwk(RSA_BITS), users, revocations));
      return costs;
    } catch (JoseException impossible) {
      throw new IllegalStateException("Expected the JDK to make keys", impossible);
    }
  }

  private static List<Cost> measure(
      String algorithm, PublicJsonWebKey pair, UserTable users, RevocationTable revocations) {
    var verifier =
        JwtVerifier.ofOwn(
            "parley",
            "parley",
            id -> id.equals(KEY_ID) ? pair.getPublicKey() : null,
            users,
            revocations,
            new SimpleMeterRegistry());
    var tokens =
        IntStream.range(0, Cost.calls(FRESH_WARM_UP, FRESH_CALLS))
            .parallel()
            .mapToObj(_ -> token(algorithm, pair))
            .toList();
    return List.of(
        Cost.of(
            "verify a token of " + algorithm + ", never seen",
            AIM_NANOS,
            FRESH_WARM_UP,
            FRESH_CALLS,
            i -> expectValid(verifier, tokens.get(i))),
        Cost.of(
            "verify a token of " + algorithm + ", seen before",
            AIM_NANOS,
            SEEN_WARM_UP,
            SEEN_CALLS,
            i -> expectValid(verifier, tokens.get(i % FRESH_CALLS))));
  }

  private static void expectValid(TokenVerifier verifier, String token) {
    var verdict = verifier.verify(token).toCompletableFuture().join();
    if (!(verdict instanceof Verdict.Valid)) {
      throw new IllegalStateException("Expected a valid token, but found " + verdict);
    }
  }

  /// Of a person of its own, in the shape of those that identity-service issues.
  private static String token(String algorithm, PublicJsonWebKey pair) {
    long now = System.currentTimeMillis() / 1_000;
    try {
      var token = new JsonWebSignature();
      token.setAlgorithmHeaderValue(algorithm);
      token.setHeader("typ", "at+jwt");
      token.setKeyIdHeaderValue(KEY_ID);
      token.setPayload(
          JsonUtil.toJson(
              Map.of(
                  "iss",
                  "parley",
                  "aud",
                  "parley",
                  "sub",
                  Ids.uuid7().toString(),
                  "sid",
                  Ids.uuid7().toString(),
                  "groups",
                  List.of("user"),
                  "iat",
                  now,
                  "exp",
                  now + 900)));
      token.setKey(pair.getPrivateKey());
      return token.getCompactSerialization();
    } catch (JoseException impossible) {
      throw new IllegalStateException("Expected the key to sign", impossible);
    }
  }
}
