package dev.parley.identity;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.Test;

/// Walks through every door, also with bad input, and looks for secrets in all that was logged.
@QuarkusTest
@QuarkusTestResource(Engines.class)
class CanaryTest {

  private static final String SERVICE_KEY = "pk_canary-4417-service-key";
  private static final String NEXT_PASSWORD = "canary-next-password-5538";

  @Test
  void noSecretIsEverLogged() {
    Lines lines = new Lines();
    Logger root = Logger.getLogger("");
    Logger own = Logger.getLogger("dev.parley");
    root.addHandler(lines);
    own.setLevel(Level.ALL);
    Somebody ada = new Somebody(Somebody.fresh().name(), "canary-password-7261");
    String access;
    String refresh;
    String ticket;
    Response page;
    try {
      Response first = ada.register();
      access = first.path("access_token");
      refresh = first.path("refresh_token");
      ada.register();
      ada.login();
      new Somebody("Not A Name", ada.password()).register();
      given()
          .contentType(ContentType.JSON)
          .body("{\"password\":\"" + ada.password() + "\"")
          .post("/api/auth/login");
      given()
          .contentType(ContentType.JSON)
          .body("{\"password\":[\"" + ada.password() + "\"]}")
          .post("/api/auth/login");
      Somebody.refresh(refresh);
      Somebody.refresh(refresh);
      given().auth().oauth2(access).get("/api/users/me");
      given().auth().oauth2(access + "x").get("/api/users/me");
      page = ada.loginWithCookies();
      ticket = Bearer.as(page).post("/api/auth/ws-ticket").path("ticket");
      given().auth().oauth2(access + "x").post("/api/auth/ws-ticket");
      for (String path : List.of("refresh", "refresh", "ws-ticket", "logout", "refresh")) {
        given()
            .cookie("parley_refresh", page.getCookie("parley_refresh"))
            .cookie("parley_access", page.getCookie("parley_access"))
            .post("/api/auth/" + path);
      }
      given()
          .cookie("parley_refresh", page.getCookie("parley_refresh"))
          .header("Origin", "https://evil.example")
          .post("/api/auth/refresh");
      Somebody.post("/api/auth/service-token", Map.of("key", SERVICE_KEY));
      given()
          .contentType(ContentType.JSON)
          .body("{\"key\":[\"" + SERVICE_KEY + "\"]}")
          .post("/api/auth/service-token");
      given()
          .contentType(ContentType.JSON)
          .body("{\"refresh_token\":[\"" + refresh + "\"]}")
          .post("/api/auth/refresh");
      Bearer.as(page)
          .contentType(ContentType.JSON)
          .body(Map.of("current", ada.password(), "password", NEXT_PASSWORD))
          .post("/api/auth/password");
      Bearer.as(page).get("/api/auth/sessions");
      Bearer.as(page).post("/api/auth/logout-all");
      given()
          .header("Parley-Operator", Engines.OPERATOR_SECRET + "x")
          .post("/internal/people:import");
    } finally {
      root.removeHandler(lines);
      own.setLevel(null);
    }

    assertThat(lines.seen).isNotEmpty();
    for (String secret :
        List.of(
            ada.password(),
            access,
            refresh,
            ticket,
            page.<String>path("access_token"),
            page.getCookie("parley_refresh"),
            SERVICE_KEY,
            NEXT_PASSWORD,
            Engines.OPERATOR_SECRET,
            Engines.MASTER_KEY,
            "argon2id$")) {
      assertThat(lines.seen).noneMatch(line -> line.contains(secret));
    }
  }

  private static final class Lines extends Handler {
    private final Queue<String> seen = new ConcurrentLinkedQueue<>();

    @Override
    public void publish(LogRecord record) {
      StringWriter text = new StringWriter();
      text.append(ExtLogRecord.wrap(record).getFormattedMessage());
      if (record.getThrown() != null) {
        record.getThrown().printStackTrace(new PrintWriter(text, true));
      }
      seen.add(text.toString());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
