package dev.parley.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.schemas.id.Ids;
import java.io.IOException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class KeyTokensTest {

  private FakeIdentity identity;
  private Rest rest;

  @BeforeEach
  void anIdentityService() throws IOException {
    identity = new FakeIdentity();
    rest = new Rest(identity.origin());
  }

  @AfterEach
  void end() {
    rest.close();
    identity.close();
  }

  @Test
  void aTokenIsKeptUntilShortlyBeforeItEnds() throws Exception {
    var tokens = Tokens.ofKey(rest, "pk_good");
    assertThat(get(tokens.fresh())).isEqualTo("token-1");
    assertThat(get(tokens.fresh())).isEqualTo("token-1");

    identity.tokensEnd = "2001-01-01T00:00:00Z";
    assertThat(get(tokens.renew())).isEqualTo("token-2");
    assertThat(get(tokens.fresh())).isEqualTo("token-3");
  }

  @Test
  void whoeverAsksDuringAnExchangeWaitsForThatOne() throws Exception {
    var tokens = Tokens.ofKey(rest, "pk_good");

    var one = tokens.fresh();
    var other = tokens.renew();

    assertThat(get(one)).isEqualTo(get(other));
    assertThat(identity.asked).hasSize(1);
  }

  @Test
  void aVoidKeyMeansSignedOut() {
    var tokens = Tokens.ofKey(rest, "pk_deleted");

    assertThatThrownBy(() -> get(tokens.fresh()))
        .hasRootCauseInstanceOf(Tokens.SignedOutException.class)
        .hasMessageNotContaining("pk_deleted");
  }

  @Test
  void signingOutIsToldToTheServer() {
    rest.logout(new Account(Ids.uuid7(), "ada", "access-0", "refresh-0"));
    rest.logoutAll("access-0");
    var session = Ids.uuid7();
    rest.endSession("access-0", session);

    assertThat(identity.asked)
        .containsExactly(
            "POST /api/auth/logout {\"refresh_token\":\"refresh-0\"}",
            "POST /api/auth/logout-all {}",
            "DELETE /api/auth/sessions/" + session + " {}");
  }

  private static String get(CompletionStage<String> token) throws Exception {
    return token.toCompletableFuture().get(10, TimeUnit.SECONDS);
  }
}
