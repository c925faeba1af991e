package dev.parley.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.schemas.id.Ids;
import dev.parley.schemas.token.Scope;
import dev.parley.tokens.Verdict.Reason;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForeignTokensTest {

  private static final Signer OWN = Signer.es256("own");
  private static final Signer SHOP = Signer.rsa("RS256", "shop");
  private static final Signer SCHOOL = Signer.ed25519("school");
  private static final String SHOP_ISSUER = "https://shop.example";

  private final KeyServer ownKeys = new KeyServer(OWN.key());
  private final KeyServer shopKeys = new KeyServer(SHOP.key());
  private final KeyServer schoolKeys = new KeyServer(SCHOOL.key());
  private final IdentityServer identity = new IdentityServer();
  private final KnownStanding standing = KnownStanding.read();
  private final Doors door = new Doors(ownKeys.jwksUrl(), settings(), standing, identity.url());

  @BeforeEach
  void answer() {
    identity.may.countDown();
  }

  @AfterEach
  void close() {
    door.close();
    Stream.of(ownKeys, shopKeys, schoolKeys).forEach(KeyServer::close);
    identity.close();
  }

  private Map<String, String> settings() {
    var settings = new HashMap<String, String>();
    settings.put("issuers.shop.issuer", SHOP_ISSUER);
    settings.put("issuers.shop.audience", "chat");
    settings.put("issuers.shop.jwks-url", shopKeys.jwksUrl());
    settings.put("issuers.shop.life-max", "1h");
    settings.put("issuers.shop.claims.admin", "realm.roles");
    settings.put("issuers.shop.claims.admin-value", "boss");
    settings.put("issuers.school.issuer", schoolKeys.origin());
    settings.put("issuers.school.audience", "chat");
    settings.put(
        "issuers.school.discovery", schoolKeys.origin() + "/.well-known/openid-configuration");
    settings.put("issuers.school.algorithms", "EdDSA");
    settings.put("issuers.school.claims.subject", "person.number");
    settings.put("issuers.school.claims.scope", "parley_scope");
    return settings;
  }

  private Map<String, Object> of(String issuer, String subject) {
    var claims = new HashMap<String, Object>();
    claims.put("iss", issuer);
    claims.put("aud", List.of("chat", "else"));
    claims.put("sub", subject);
    claims.put("preferred_username", "ada");
    claims.put("name", "Ada L.");
    claims.put("iat", door.now.get().getEpochSecond());
    claims.put("exp", door.now.get().getEpochSecond() + 600);
    return claims;
  }

  @Test
  void severalIssuersAreTakenAtOnceEachByItsOwnRules() {
    var own = Ids.uuid7();
    var school = of(schoolKeys.origin(), "unused");
    school.put("person", Map.of("number", "77"));
    school.put("parley_scope", "read");

    assertThat(caller(door.verify(OWN.sign(door.own(own.toString()), "at+jwt"))).user())
        .isEqualTo(own);
    var customer = caller(door.verify(SHOP.sign(of(SHOP_ISSUER, "42"), "JWT")));
    var pupil = caller(door.verify(SCHOOL.sign(school, null)));

    assertThat(customer.user()).isEqualTo(Ids.foreign(SHOP_ISSUER, "42"));
    assertThat(customer.session()).isNull();
    assertThat(customer.scopes()).isNull();
    assertThat(customer.issuer()).isEqualTo(SHOP_ISSUER);
    assertThat(pupil.user()).isEqualTo(Ids.foreign(schoolKeys.origin(), "77"));
    assertThat(pupil.scopes()).containsExactly(Scope.READ);
    assertThat(schoolKeys.paths()).contains("/.well-known/openid-configuration", "/jwks.json");
  }

  @Test
  void oneIssuerCannotSpeakForAnother() {
    assertThat(door.verify(SHOP.sign(of(schoolKeys.origin(), "42"), "JWT")))
        .isEqualTo(refused(Reason.SIGNATURE));
    assertThat(door.verify(SCHOOL.sign(of(SHOP_ISSUER, "42"), "JWT")))
        .isInstanceOf(Verdict.Refused.class);
    var asOwn = door.own(Ids.uuid7().toString());
    assertThat(door.verify(SHOP.sign(asOwn, "at+jwt"))).isInstanceOf(Verdict.Refused.class);
    assertThat(door.verify(SHOP.sign(of("https://evil.example", "42"), "JWT")))
        .isEqualTo(refused(Reason.UNKNOWN_ISSUER));
    assertThat(identity.bodies).isEmpty();
  }

  @Test
  void anAlgorithmThatTheIssuerMayNotUseIsRefusedThoughTheKeyIsGood() {
    var other = new Signer(SHOP.key(), "RS256");
    schoolKeys.publish(SCHOOL.key(), SHOP.key());
    assertThat(door.verify(other.sign(of(schoolKeys.origin(), "77"), "JWT")))
        .isEqualTo(refused(Reason.SIGNATURE));
    assertThat(door.counted("signature")).isEqualTo(1);
  }

  @Test
  void anotherAudienceIsRefused() {
    var claims = of(SHOP_ISSUER, "42");
    claims.put("aud", "shop");
    assertThat(door.verify(SHOP.sign(claims, "JWT"))).isEqualTo(refused(Reason.AUDIENCE));
  }

  @Test
  void groupsAndScopesOfOthersMeanNothingHere() {
    var claims = of(SHOP_ISSUER, "42");
    claims.put("groups", List.of("admin"));
    claims.put("scope", "openid profile");
    claims.put("sid", Ids.uuid7().toString());
    var caller = caller(door.verify(SHOP.sign(claims, "JWT")));
    assertThat(caller.admin()).isFalse();
    assertThat(caller.scopes()).isNull();
    assertThat(caller.session()).isNull();

    claims.put("realm", Map.of("roles", List.of("clerk", "boss")));
    assertThat(caller(door.verify(SHOP.sign(claims, "JWT"))).admin()).isTrue();
    claims.put("realm", Map.of("roles", "bossy"));
    assertThat(caller(door.verify(SHOP.sign(claims, "JWT"))).admin()).isFalse();
  }

  @Test
  void aLongLifeIsCut() {
    var claims = of(SHOP_ISSUER, "42");
    claims.put("exp", door.now.get().getEpochSecond() + 1_000_000);
    var caller = caller(door.verify(SHOP.sign(claims, "JWT")));
    assertThat(caller.expiresAtMillis() - caller.issuedAtMillis()).isEqualTo(3_600_000);
  }

  @Test
  void aPersonIsProvisionedOnceHoweverManyTokensCome() {
    var tokens =
        Stream.iterate(0, i -> i + 1)
            .limit(50)
            .map(i -> {
              var claims = of(SHOP_ISSUER, "42");
              claims.put("jti", "t" + i);
              return SHOP.sign(claims, "JWT");
            })
            .toList();
    var verdicts =
        tokens.parallelStream()
            .map(token -> door.verifier.verify(token).toCompletableFuture())
            .toList();
    assertThat(verdicts)
        .allSatisfy(verdict ->
            assertThat(verdict).succeedsWithin(Doors.BOUND).isInstanceOf(Verdict.Valid.class));

    assertThat(identity.bodies).hasSize(1);
    assertThat(identity.bodies.getFirst())
        .contains("\"name\":\"ada\"", "\"display_name\":\"Ada L.\"", SHOP_ISSUER)
        .contains(Ids.foreign(SHOP_ISSUER, "42").toString())
        .doesNotContain(tokens.getFirst());
  }

  @Test
  void whoIsKnownIsNotProvisioned() {
    standing.people.add(Ids.foreign(SHOP_ISSUER, "42"));
    assertThat(door.verify(SHOP.sign(of(SHOP_ISSUER, "42"), "JWT")))
        .isInstanceOf(Verdict.Valid.class);
    assertThat(identity.bodies).isEmpty();
  }

  @Test
  void whoCannotBeProvisionedMayTryAgain() {
    var token = SHOP.sign(of(SHOP_ISSUER, "42"), "JWT");
    identity.status = 500;
    assertThat(door.verify(token)).isInstanceOf(Verdict.Unavailable.class);
    identity.status = 410;
    assertThat(door.verify(token)).isEqualTo(refused(Reason.ERASED));
    identity.status = 200;
    assertThat(door.verify(token)).isInstanceOf(Verdict.Valid.class);
  }

  @Test
  void anIdentityServiceThatDoesNotAnswerIsWaitedForBriefly() {
    try (var silent = new IdentityServer();
        var waiting =
            new Doors(
                ownKeys.jwksUrl(), withTimeout(settings(), "100ms"), standing, silent.url())) {
      assertThat(waiting.verify(SHOP.sign(of(SHOP_ISSUER, "42"), "JWT")))
          .isInstanceOf(Verdict.Unavailable.class);
    }
  }

  @Test
  void aRevocationHoldsForTokensOfOthersAsWell() {
    var token = SHOP.sign(of(SHOP_ISSUER, "42"), "JWT");
    assertThat(door.verify(token)).isInstanceOf(Verdict.Valid.class);
    standing.ended.put(Ids.foreign(SHOP_ISSUER, "42"), Reason.REVOKED);
    assertThat(door.verify(token)).isEqualTo(refused(Reason.REVOKED));
  }

  @Test
  void anIssuerMaySpeakForUsersOnlyWhereItWasAllowedTo() {
    var user = Ids.uuid7();
    var claims = of(SHOP_ISSUER, "42");
    claims.put("parley_user", user.toString());
    assertThat(caller(door.verify(SHOP.sign(claims, "JWT"))).user()).isNotEqualTo(user);

    var trusting = settings();
    trusting.put("issuers.shop.claims.user-id", "parley_user");
    try (var trusted = new Doors(ownKeys.jwksUrl(), trusting, standing, identity.url())) {
      assertThat(caller(trusted.verify(SHOP.sign(claims, "JWT"))).user()).isEqualTo(user);
      claims.put("parley_user", "nobody");
      assertThat(trusted.verify(SHOP.sign(claims, "JWT"))).isEqualTo(refused(Reason.MALFORMED));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "HS256", "RS256,HS512", "dir", "rs256"})
  void aDoorThatIsToldOfAnAlgorithmThatAnybodyCouldSignWithDoesNotStart(String algorithms) {
    var settings = settings();
    settings.put("issuers.shop.algorithms", algorithms);
    assertThatThrownBy(() -> new Doors(ownKeys.jwksUrl(), settings, standing, identity.url()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("parley.tokens.issuers.\"shop\".algorithms");
  }

  @Test
  void aLifeThatARevocationDoesNotOutliveIsRefusedAtTheStart() {
    var settings = settings();
    settings.put("issuers.shop.life-max", "25h");
    assertThatThrownBy(() -> new Doors(ownKeys.jwksUrl(), settings, standing, identity.url()))
        .hasMessageContaining("life-max");
  }

  private static Map<String, String> withTimeout(Map<String, String> settings, String timeout) {
    settings.put("provisioning.timeout", timeout);
    return settings;
  }

  private static Verdict refused(Reason reason) {
    return new Verdict.Refused(reason);
  }

  private static Caller caller(Verdict verdict) {
    assertThat(verdict).isInstanceOf(Verdict.Valid.class);
    return ((Verdict.Valid) verdict).caller();
  }
}
