package dev.parley.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.schemas.id.Ids;
import dev.parley.schemas.token.Scope;
import dev.parley.tokens.Verdict.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jose4j.json.JsonUtil;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OwnTokensTest {

  private static final Signer SIGNER = Signer.es256("k1");

  private final KeyServer keys = new KeyServer(SIGNER.key());
  private final KnownStanding standing = KnownStanding.read();
  private final Doors door = new Doors(keys.jwksUrl(), Map.of(), standing, null);
  private final UUID ada = Ids.uuid7();

  @AfterEach
  void close() {
    door.close();
    keys.close();
  }

  @Test
  void aTokenTellsWhoAsks() {
    var session = Ids.uuid7();
    var claims = door.own(ada.toString());
    claims.put("sid", session.toString());
    claims.put("groups", List.of("user", "admin"));

    var caller = caller(door.verify(SIGNER.sign(claims, "at+jwt")));

    assertThat(caller.user()).isEqualTo(ada);
    assertThat(caller.session()).isEqualTo(session);
    assertThat(caller.guest()).isFalse();
    assertThat(caller.admin()).isTrue();
    assertThat(caller.may(Scope.WRITE)).isTrue();
    assertThat(caller.issuer()).isEqualTo("parley");
    assertThat(caller.expiresAtMillis() / 1_000).isEqualTo(claims.get("exp"));
  }

  @Test
  void aNarrowedTokenReachesAsFarAsItsScopesAndAnAdminWithoutTheScopeIsNone() {
    var claims = door.own(ada.toString());
    claims.put("groups", List.of("user", "admin"));
    claims.put("scope", "read search unheard-of");

    var caller = caller(door.verify(SIGNER.sign(claims, "at+jwt")));

    assertThat(caller.scopes()).containsExactlyInAnyOrder(Scope.READ, Scope.SEARCH);
    assertThat(caller.may(Scope.READ)).isTrue();
    assertThat(caller.may(Scope.WRITE)).isFalse();
    assertThat(caller.admin()).isFalse();
  }

  @Test
  void aGuestIsNobodyElse() {
    var claims = door.own(ada.toString());
    claims.put("groups", List.of("guest"));
    assertThat(caller(door.verify(SIGNER.sign(claims, "at+jwt"))).guest()).isTrue();

    claims.put("groups", List.of("guest", "user"));
    assertThat(door.verify(SIGNER.sign(claims, "at+jwt"))).isEqualTo(refused(Reason.MALFORMED));
  }

  @Test
  void theMomentOfIssueIsKnownToTheMillisecond() {
    var claims = door.own(ada.toString());
    claims.put("iat", 1_700_000_000.25);
    claims.put("exp", 1_700_000_900L);
    door.now.set(Instant.ofEpochSecond(1_700_000_100));

    assertThat(caller(door.verify(SIGNER.sign(claims, "at+jwt"))).issuedAtMillis())
        .isEqualTo(1_700_000_000_250L);
  }

  @Test
  void aSecondLookComputesNoSignatureAndAsksEverythingElse() {
    var token = SIGNER.sign(door.own(ada.toString()), "at+jwt");
    assertThat(door.verify(token)).isInstanceOf(Verdict.Valid.class);
    assertThat(door.verify(token)).isInstanceOf(Verdict.Valid.class);

    for (var reason : List.of(Reason.REVOKED, Reason.SUSPENDED, Reason.ERASED)) {
      standing.ended.put(ada, reason);
      assertThat(door.verify(token)).isEqualTo(refused(reason));
    }
    standing.ended.clear();
    assertThat(door.verify(token)).isInstanceOf(Verdict.Valid.class);
    door.now.set(door.now.get().plusSeconds(906));
    assertThat(door.verify(token)).isEqualTo(refused(Reason.EXPIRED));
  }

  @Test
  void whatWasRevokedBeforeItWasSeenIsRefusedAtTheFirstLook() {
    standing.ended.put(ada, Reason.REVOKED);
    assertThat(door.verify(SIGNER.sign(door.own(ada.toString()), "at+jwt")))
        .isEqualTo(refused(Reason.REVOKED));
    assertThat(door.counted("revoked")).isEqualTo(1);
  }

  @Test
  void clocksMayBeFiveSecondsApartAndNoMore() {
    var token = SIGNER.sign(door.own(ada.toString()), "at+jwt");
    var issued = door.now.get();
    door.now.set(issued.minusSeconds(4));
    assertThat(door.verify(token)).isInstanceOf(Verdict.Valid.class);
    door.now.set(issued.plusSeconds(903));
    assertThat(door.verify(token)).isInstanceOf(Verdict.Valid.class);

    var other = SIGNER.sign(door.own(Ids.uuid7().toString()), "at+jwt");
    door.now.set(door.now.get().minusSeconds(7));
    assertThat(door.verify(other)).as("not issued yet").isEqualTo(refused(Reason.EXPIRED));
  }

  @Test
  void aTokenThatLivesLongerThanARevocationIsRememberedIsCut() {
    var claims = door.own(ada.toString());
    claims.put("exp", door.now.get().getEpochSecond() + 90_000);
    var token = SIGNER.sign(claims, "at+jwt");
    assertThat(door.verify(token)).isInstanceOf(Verdict.Valid.class);

    door.now.set(door.now.get().plusSeconds(24 * 3_600 + 6));

    assertThat(door.verify(token)).isEqualTo(refused(Reason.EXPIRED));
  }

  static Stream<Map.Entry<String, Object>> wrongClaims() {
    return Stream.of(
        Map.entry("iss", "Parley"),
        Map.entry("iss", List.of("parley")),
        Map.entry("aud", "other"),
        Map.entry("aud", List.of("other", "parley2")),
        Map.entry("aud", Map.of("parley", true)),
        Map.entry("sub", "root"),
        Map.entry("sub", "0190C0DE-0000-7000-8000-000000000000"),
        Map.entry("groups", List.of()),
        Map.entry("groups", List.of("admin")),
        Map.entry("groups", "users"),
        Map.entry("sid", "none"),
        Map.entry("iat", "yesterday"),
        Map.entry("exp", 1e300),
        Map.entry("exp", -1),
        Map.entry("exp", true),
        Map.entry("nbf", "soon"));
  }

  @ParameterizedTest
  @MethodSource("wrongClaims")
  void aTokenWithAWrongClaimIsRefused(Map.Entry<String, Object> wrong) {
    var claims = door.own(ada.toString());
    claims.put(wrong.getKey(), wrong.getValue());
    assertThat(door.verify(SIGNER.sign(claims, "at+jwt"))).isInstanceOf(Verdict.Refused.class);
  }

  @Test
  void aTokenWithoutWhatEveryTokenSaysIsRefused() {
    for (var claim : List.of("iss", "aud", "sub", "groups", "iat", "exp")) {
      var claims = door.own(ada.toString());
      claims.remove(claim);
      assertThat(door.verify(SIGNER.sign(claims, "at+jwt")))
          .as("without " + claim)
          .isInstanceOf(Verdict.Refused.class);
    }
  }

  @Test
  void aTokenForSomebodyElseIsToldFromAForgedOneInTheMetricAlone() {
    var claims = door.own(ada.toString());
    claims.put("aud", "other");
    assertThat(door.verify(SIGNER.sign(claims, "at+jwt"))).isEqualTo(refused(Reason.AUDIENCE));
    assertThat(door.counted("audience")).isEqualTo(1);
  }

  @Test
  void aTokenThatHoldsLaterIsRefusedUntilThen() {
    var claims = door.own(ada.toString());
    claims.put("nbf", door.now.get().getEpochSecond() + 60);
    var token = SIGNER.sign(claims, "at+jwt");
    assertThat(door.verify(token)).isEqualTo(refused(Reason.EXPIRED));
    door.now.set(door.now.get().plusSeconds(56));
    assertThat(door.verify(token)).isInstanceOf(Verdict.Valid.class);
  }

  @Test
  void onlyAccessTokensAreTaken() {
    for (var type : List.of("JWT", "logout+jwt", "dpop+jwt", "refresh")) {
      assertThat(door.verify(SIGNER.sign(door.own(ada.toString()), type)))
          .as(type)
          .isEqualTo(refused(Reason.MALFORMED));
    }
    assertThat(door.verify(SIGNER.sign(door.own(ada.toString()), null)))
        .isEqualTo(refused(Reason.MALFORMED));
    assertThat(door.verify(SIGNER.sign(door.own(ada.toString()), "application/at+JWT")))
        .isInstanceOf(Verdict.Valid.class);
  }

  @Test
  void anUnsignedTokenIsRefused() {
    var claims = encoded(JsonUtil.toJson(door.own(ada.toString())));
    for (var algorithm : List.of("none", "None", "NONE", "nOnE", "")) {
      var header = encoded("{\"alg\":\"" + algorithm + "\",\"typ\":\"at+jwt\",\"kid\":\"k1\"}");
      assertThat(door.verify(header + "." + claims + ".")).isInstanceOf(Verdict.Refused.class);
      assertThat(door.verify(header + "." + claims + ".AAAA")).isInstanceOf(Verdict.Refused.class);
    }
  }

  @Test
  void thePublicKeyIsNoSecretToSignWith() throws JoseException {
    for (var secret :
        List.of(
            SIGNER.key().getPublicKey().getEncoded(),
            SIGNER.key().toJson().getBytes(StandardCharsets.UTF_8))) {
      var token = new JsonWebSignature();
      token.setAlgorithmHeaderValue("HS256");
      token.setHeader("typ", "at+jwt");
      token.setKeyIdHeaderValue("k1");
      token.setPayload(JsonUtil.toJson(door.own(ada.toString())));
      token.setKey(new HmacKey(secret));
      assertThat(door.verify(token.getCompactSerialization())).isEqualTo(refused(Reason.SIGNATURE));
    }
  }

  @Test
  void aKeyThatTheTokenBringsItselfIsNotUsed() throws JoseException {
    var thief = Signer.es256("k1");
    var token = new JsonWebSignature();
    token.setAlgorithmHeaderValue("ES256");
    token.setHeader("typ", "at+jwt");
    token.setKeyIdHeaderValue("k1");
    token.setJwkHeader(thief.key());
    token.setHeader("jku", keys.origin() + "/stolen.json");
    token.setPayload(JsonUtil.toJson(door.own(ada.toString())));
    token.setKey(thief.key().getPrivateKey());

    assertThat(door.verify(token.getCompactSerialization())).isEqualTo(refused(Reason.SIGNATURE));
    assertThat(keys.paths()).containsOnly("/jwks.json");
  }

  @Test
  void theIdOfAKeyIsAnIdAndNoPath() {
    for (var id :
        List.of(
            "../../etc/passwd",
            "/dev/null",
            "k1' or '1'='1",
            "file:///k1",
            "K1",
            " k1",
            "k".repeat(257))) {
      assertThat(door.verify(SIGNER.sign(door.own(ada.toString()), "at+jwt", id)))
          .as(id)
          .isInstanceOf(Verdict.Refused.class);
    }
    assertThat(keys.paths()).containsOnly("/jwks.json");
  }

  @Test
  void aChangedTokenIsRefused() {
    var token = SIGNER.sign(door.own(ada.toString()), "at+jwt");
    var parts = token.split("\\.", -1);
    var admin = door.own(ada.toString());
    admin.put("groups", List.of("user", "admin"));
    var other = encoded(JsonUtil.toJson(admin));
    assertThat(door.verify(parts[0] + "." + other + "." + parts[2]))
        .isEqualTo(refused(Reason.SIGNATURE));
    for (var spelled :
        List.of(
            token + "\n",
            " " + token,
            token + "=",
            token + ".",
            token.substring(0, token.length() - 4),
            token + "AAAA")) {
      assertThat(door.verify(spelled)).isInstanceOf(Verdict.Refused.class);
    }
    assertThat(door.verify(parts[0] + "." + parts[1] + "." + encoded("\0".repeat(64))))
        .as("zeros")
        .isEqualTo(refused(Reason.SIGNATURE));
  }

  @Test
  void claimsThatAreSaidTwiceAreRefused() throws JoseException {
    var twice =
        JsonUtil.toJson(door.own(ada.toString()))
            .replaceFirst("\\{", "{\"sub\":\"" + Ids.uuid7() + "\",");
    var token = new JsonWebSignature();
    token.setAlgorithmHeaderValue("ES256");
    token.setHeader("typ", "at+jwt");
    token.setKeyIdHeaderValue("k1");
    token.setPayload(twice);
    token.setKey(SIGNER.key().getPrivateKey());
    assertThat(door.verify(token.getCompactSerialization())).isEqualTo(refused(Reason.MALFORMED));
  }

  @Test
  void whatIsNoTokenIsRefusedAndCostsNoFetch() {
    for (var text :
        List.of(
            "",
            ".",
            "..",
            "...",
            "a.b.c",
            "x",
            "\0",
            "ä.ö.ü",
            "bnVsbA.bnVsbA.bnVsbA",
            "{}",
            "a".repeat(8_193),
            "a.b.c.d.e")) {
      assertThat(door.verify(text)).isEqualTo(refused(Reason.MALFORMED));
    }
    assertThat(keys.reads()).isLessThanOrEqualTo(1);
  }

  @Test
  void aTokenOfMoreThanEightKibibytesIsNotReadEvenIfItIsGood() {
    var claims = door.own(ada.toString());
    claims.put("padding", "x".repeat(8_000));
    assertThat(door.verify(SIGNER.sign(claims, "at+jwt"))).isEqualTo(refused(Reason.MALFORMED));
    claims.put("padding", "x".repeat(4_000));
    assertThat(door.verify(SIGNER.sign(claims, "at+jwt"))).isInstanceOf(Verdict.Valid.class);
  }

  @Test
  void aNewKeyIsFetchedWhenATokenNamesIt() {
    door.verify(SIGNER.sign(door.own(ada.toString()), "at+jwt"));
    var next = Signer.es256("k2");
    keys.publish(SIGNER.key(), next.key());

    assertThat(door.verify(next.sign(door.own(ada.toString()), "at+jwt")))
        .isInstanceOf(Verdict.Valid.class);
  }

  @Test
  void aWithdrawnKeyEndsTokensThatWereFoundGoodBefore() {
    var token = SIGNER.sign(door.own(ada.toString()), "at+jwt");
    assertThat(door.verify(token)).isInstanceOf(Verdict.Valid.class);
    var next = Signer.es256("k2");
    keys.publish(next.key());
    // Makes the door look.
    assertThat(door.verify(next.sign(door.own(ada.toString()), "at+jwt")))
        .isInstanceOf(Verdict.Valid.class);

    assertThat(door.verify(token)).isEqualTo(refused(Reason.SIGNATURE));
  }

  @Test
  void unknownKeysAreFetchedForSeldomHoweverManyTokensNameOnes() {
    door.verify(SIGNER.sign(door.own(ada.toString()), "at+jwt"));
    int before = keys.reads();
    var stranger = Signer.es256("nobody");
    var verdicts =
        Stream.iterate(0, i -> i + 1)
            .limit(200)
            .map(i ->
                door.verifier
                    .verify(stranger.sign(door.own(ada.toString()), "at+jwt", "nobody-" + i))
                    .toCompletableFuture())
            .toList();
    assertThat(verdicts)
        .allSatisfy(verdict ->
            assertThat(verdict).succeedsWithin(Doors.BOUND).isEqualTo(refused(Reason.SIGNATURE)));
    assertThat(keys.reads() - before).isLessThanOrEqualTo(10);
  }

  @Test
  void anIssuerThatIsAwayCostsOnlyWhoIsNotKnown() {
    var known = SIGNER.sign(door.own(ada.toString()), "at+jwt");
    assertThat(door.verify(known)).isInstanceOf(Verdict.Valid.class);
    keys.fail(500);
    var next = Signer.es256("k2");

    assertThat(door.verify(next.sign(door.own(ada.toString()), "at+jwt")))
        .isInstanceOf(Verdict.Unavailable.class);
    assertThat(door.verify(known)).isInstanceOf(Verdict.Valid.class);
    assertThat(door.verify(SIGNER.sign(door.own(Ids.uuid7().toString()), "at+jwt")))
        .isInstanceOf(Verdict.Valid.class);

    keys.publish(SIGNER.key(), next.key());
    keys.fail(200);
    await()
        .atMost(Doors.BOUND)
        .until(() ->
            door.verify(next.sign(door.own(ada.toString()), "at+jwt")) instanceof Verdict.Valid);
  }

  @Test
  void aPageThatIsTooLargeIsNotRead() {
    door.verify(SIGNER.sign(door.own(ada.toString()), "at+jwt"));
    var next = Signer.es256("k2");
    keys.publish(SIGNER.key(), next.key());
    keys.pad(300_000);
    assertThat(door.verify(next.sign(door.own(ada.toString()), "at+jwt")))
        .isInstanceOf(Verdict.Unavailable.class);
  }

  @Test
  void beforeTheLogWasReadNobodyIsLetInAndSoonAfterEverybody() {
    var late = new KnownStanding();
    try (var starting = new Doors(keys.jwksUrl(), Map.of("start-wait", "20s"), late, null);
        var impatient = new Doors(keys.jwksUrl(), Map.of(), late, null)) {
      var token = SIGNER.sign(starting.own(ada.toString()), "at+jwt");
      assertThat(impatient.verify(token)).isInstanceOf(Verdict.Unavailable.class);
      var waiting = starting.verifier.verify(token).toCompletableFuture();
      assertThat(waiting).isNotDone();

      late.read.complete(null);

      assertThat(waiting).succeedsWithin(Doors.BOUND).isInstanceOf(Verdict.Valid.class);
    }
  }

  @Test
  void noMoreTokensWaitThanMay() {
    try (var narrow =
        new Doors(
            keys.jwksUrl(),
            Map.of("start-wait", "20s", "waiting-max", "1"),
            new KnownStanding(),
            null)) {
      var token = SIGNER.sign(narrow.own(ada.toString()), "at+jwt");
      assertThat(narrow.verifier.verify(token).toCompletableFuture()).isNotDone();
      assertThat(narrow.verify(token)).isInstanceOf(Verdict.Unavailable.class);
    }
  }

  private static String encoded(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Verdict refused(Reason reason) {
    return new Verdict.Refused(reason);
  }

  private static Caller caller(Verdict verdict) {
    assertThat(verdict).isInstanceOf(Verdict.Valid.class);
    return ((Verdict.Valid) verdict).caller();
  }
}
