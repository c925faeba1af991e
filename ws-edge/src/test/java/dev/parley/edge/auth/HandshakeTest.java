package dev.parley.edge.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.edge.auth.Handshake.Request;
import dev.parley.origins.Origins;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.token.Ticket;
import java.util.List;
import org.assertj.core.api.ThrowingConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HandshakeTest {

  private static final Origins ORIGINS = new Origins(List.of("https://partner.example"));
  private static final Ticket TICKET = Ticket.random();
  private static final Ticket OTHER_TICKET = Ticket.random();
  private static final Request NOTHING = new Request(null, null, null, null, null, null, null);

  @Test
  void aHandshakeWithoutAnythingLeavesItToTheFirstFrame() {
    assertThat(taken(NOTHING)).isEqualTo(new Handshake.Taken(null, null, true));
  }

  /// From each way in on, everything that comes after it in the order is there as well.
  @Test
  void ofSeveralWaysTheFirstInTheOrderCounts() {
    assertThat(shown(all("Bearer h", "bearer.p, ticket." + TICKET.secret()))).isEqualTo(token("h"));
    assertThat(shown(all(null, "bearer.p, ticket." + TICKET.secret()))).isEqualTo(token("p"));
    assertThat(shown(all(null, "ticket." + TICKET.secret()))).satisfies(is(TICKET));
    assertThat(shown(all(null, null))).satisfies(is(OTHER_TICKET));
    assertThat(
            shown(new Request(null, null, null, "q", "c", "https://evil.example", "chat.example")))
        .isEqualTo(token("q"));
  }

  @Test
  void theCookieCountsOnlyIfNothingElseWasShown() {
    var own = new Request(null, null, null, null, "c", "https://chat.example", "chat.example");
    assertThat(taken(own)).isEqualTo(new Handshake.Taken(null, token("c"), true));
    assertThat(taken(all("Bearer h", null)).cookie()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://chat.example",
        "http://chat.example",
        "https://chat.example:443",
        "https://CHAT.example",
        "https://partner.example"
      })
  void aCookieIsTakenFromAPageOfTheOwnHostOrOfAnAllowedOrigin(String origin) {
    assertThat(taken(cookie(origin)).cookie()).isEqualTo(token("c"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "",
        "https://evil.example",
        "https://chat.example.evil.example",
        "https://evil.example/https://chat.example",
        "https://chat.example:8443",
        "https://chat.example@evil.example",
        "http://partner.example",
        "file://chat.example",
        "chat.example",
        "https://sub.partner.example",
        "*"
      })
  void aCookieThatAForeignPageBringsIsRefused(String origin) {
    assertThat(Handshake.of(cookie(origin), rules(false)))
        .isInstanceOfSatisfying(
            Handshake.Refused.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.FORBIDDEN));
  }

  @Test
  void aCookieWithoutAnOriginIsRefused() {
    assertThat(Handshake.of(cookie(null), rules(false))).isInstanceOf(Handshake.Refused.class);
  }

  @Test
  void aForeignPageMayShowATokenOfItsOwn() {
    var request =
        new Request("Bearer h", null, null, null, "c", "https://evil.example", "chat.example");
    assertThat(taken(request)).isEqualTo(new Handshake.Taken(token("h"), null, true));
  }

  @Test
  void aTokenInTheQueryIsRefusedUnlessTheDeploymentTakesItAndIsNotRepeated() {
    var request = new Request("Bearer h", null, null, "query-secret", null, null, null);
    assertThat(Handshake.of(request, rules(false)))
        .isInstanceOfSatisfying(
            Handshake.Refused.class,
            refused -> {
              assertThat(refused.code().httpStatus()).isEqualTo(400);
              assertThat(refused.detail()).contains("query").doesNotContain("query-secret");
            });
    var alone = new Request(null, null, null, "q", null, null, null);
    assertThat(taken(alone).shown()).isEqualTo(token("q"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"short", "", "'; DEL *", "../../../../../../../../../../etc/passwd"})
  void whatHasNotTheShapeOfATicketIsNonsenseWithoutAskingAnybody(String text) {
    var request = new Request(null, null, text, null, null, null, null);
    assertThat(taken(request).shown()).isEqualTo(new Credential.Nonsense());
  }

  @Test
  void secretsAmongTheSubprotocolsAreNoVersions() {
    assertThat(protocols("bearer.x, ticket.y").versionKnown()).isTrue();
    assertThat(protocols("bearer.x, parley.v1.json").versionKnown()).isTrue();
    assertThat(protocols("bearer.x, parley.v9.json").versionKnown()).isFalse();
    assertThat(protocols("parley.v9.json, parley.v1.json").versionKnown()).isTrue();
  }

  @Test
  void anotherSchemeInTheHeaderIsNoToken() {
    assertThat(taken(new Request("Basic YWRhOng=", null, null, null, null, null, null)).shown())
        .isNull();
  }

  @Test
  void nothingPrintsASecret() {
    assertThat(all("Bearer h-secret", "bearer.p-secret").toString()).doesNotContain("secret");
    assertThat(token("h-secret").toString()).doesNotContain("secret");
    assertThat(taken(all("Bearer h-secret", null)).toString()).doesNotContain("secret");
    assertThat(ticket(TICKET).toString()).doesNotContain(TICKET.secret());
  }

  private static Request all(@Nullable String authorization, @Nullable String protocols) {
    return new Request(
        authorization,
        protocols,
        OTHER_TICKET.secret(),
        "q",
        "c",
        "https://evil.example",
        "chat.example");
  }

  private static Request cookie(@Nullable String origin) {
    return new Request(null, null, null, null, "c", origin, "chat.example");
  }

  private static Handshake.Taken protocols(String protocols) {
    return taken(new Request(null, protocols, null, null, null, null, null));
  }

  private static Handshake.Taken taken(Request request) {
    return (Handshake.Taken) Handshake.of(request, rules(true));
  }

  private static @Nullable Credential shown(Request request) {
    return taken(request).shown();
  }

  private static Handshake.Rules rules(boolean tokenInQuery) {
    return new Handshake.Rules(
        tokenInQuery,
        request -> request.origin() != null && ORIGINS.allows(request.origin(), request.host()));
  }

  private static Credential token(String token) {
    return new Credential.AccessToken(token);
  }

  private static Credential ticket(Ticket ticket) {
    return Credential.ticket(ticket.secret());
  }

  private static ThrowingConsumer<Credential> is(Ticket ticket) {
    return credential ->
        assertThat(credential)
            .isInstanceOfSatisfying(
                Credential.OneTicket.class,
                one -> assertThat(one.ticket().secret()).isEqualTo(ticket.secret()));
  }
}
