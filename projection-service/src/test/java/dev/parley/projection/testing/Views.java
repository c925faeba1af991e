package dev.parley.projection.testing;

import static io.restassured.RestAssured.given;

import dev.parley.projection.api.EnginesResource;
import java.time.Duration;

/// The views of the service that runs for the test.
public final class Views {

  private static final Duration BOUND = Duration.ofSeconds(30);
  private static final int OK = 200;

  private Views() {}

  /// Waits until they show the conversation as it was written; a service that has just begun says
  /// that it is unavailable before.
  public static void await(Conversation conversation) {
    Await.until(
        "the view reaches " + conversation.head(),
        BOUND,
        () -> {
          var answer =
              given()
                  .header("Parley-Internal", EnginesResource.SECRET)
                  .get("/internal/conversations/{id}/events?after=0&limit=1", conversation.id());
          return answer.statusCode() == OK
              && answer.jsonPath().getLong("head") == conversation.head();
        });
  }
}
