package dev.parley.identity;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.parley.log.UserTable;
import dev.parley.schemas.content.MasterKey;
import dev.parley.schemas.user.UserProfile;
import dev.parley.stack.test.TestEngines;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Engines.class)
@TestProfile(BlocksTest.ThreeAtMost.class)
class BlocksTest {

  public static final class ThreeAtMost implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("parley.identity.blocks-max", "3");
    }
  }

  private Response ada;
  private String bob;

  @BeforeEach
  void register() {
    ada = Somebody.fresh().register();
    bob = Somebody.fresh().register().path("user.id");
  }

  @Test
  void theLogTellsEveryDoorWhomAPersonBlocks() {
    try (UserTable users =
        new UserTable(
            TestEngines.kafka().bootstrapServers(), MasterKey.ofBase64(Engines.MASTER_KEY))) {
      users.start();

      asAda().put("/api/users/me/blocks/" + bob).then().statusCode(204);
      asAda().put("/api/users/me/blocks/" + bob).then().statusCode(204);

      awaitBlocked(users, List.of(UUID.fromString(bob)));
      asAda().get("/api/users/me/blocks").then().body("blocks.id", equalTo(List.of(bob)));

      asAda().delete("/api/users/me/blocks/" + bob).then().statusCode(204);
      asAda().delete("/api/users/me/blocks/" + bob).then().statusCode(204);

      awaitBlocked(users, List.of());
      asAda().get("/api/users/me/blocks").then().body("blocks", equalTo(List.of()));
    }
  }

  @Test
  void refusesWhoCannotBeBlockedAndMoreThanTheLimit() {
    String own = ada.path("user.id");
    asAda().put("/api/users/me/blocks/" + own).then().statusCode(422);
    asAda().put("/api/users/me/blocks/" + UUID.randomUUID()).then().statusCode(404);
    asAda().put("/api/users/me/blocks/nobody").then().statusCode(404);
    given().put("/api/users/me/blocks/" + bob).then().statusCode(401);

    for (int i = 0; i < 3; i++) {
      String other = Somebody.fresh().register().path("user.id");
      asAda().put("/api/users/me/blocks/" + other).then().statusCode(204);
    }
    asAda()
        .put("/api/users/me/blocks/" + bob)
        .then()
        .statusCode(409)
        .body("code", equalTo("limit_reached"));
  }

  private void awaitBlocked(UserTable users, List<UUID> expected) {
    UUID id = UUID.fromString(ada.path("user.id"));
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!blocked(users, id).equals(expected) && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertThat(blocked(users, id)).isEqualTo(expected);
  }

  private static List<UUID> blocked(UserTable users, UUID id) {
    UserProfile profile = users.profile(id);
    return profile == null ? List.of() : profile.blocked();
  }

  private RequestSpecification asAda() {
    return given().auth().oauth2(ada.path("access_token"));
  }
}
