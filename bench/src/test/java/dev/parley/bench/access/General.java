package dev.parley.bench.access;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.bench.access.Calls.Request;
import dev.parley.client.Account;
import dev.parley.schemas.id.Ids;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// What is asked at the addresses that are about no conversation in particular.
final class General {

  /// Who asks; new after each time something was done, since some of these end an account.
  ///
  /// @param victim somebody else
  record Visit(Account caller, Account victim) {}

  record Call(String endpoint, String about, Function<Visit, Request> request) {

    /// Changes nothing.
    boolean reads() {
      return endpoint.startsWith("GET ");
    }

    String title() {
      return about.isEmpty() ? endpoint : endpoint + " (" + about + ")";
    }
  }

  /// The columns: who is what in a conversation makes no difference here.
  static final List<Caller> CALLERS =
      List.of(
          Caller.STRANGER,
          Caller.FOREIGN,
          Caller.BOT,
          Caller.OPERATOR,
          Caller.GUEST,
          Caller.EXPIRED,
          Caller.REVOKED,
          Caller.OTHER_ISSUER,
          Caller.NOBODY);

  private final List<Call> calls = new ArrayList<>();

  static List<Call> calls() {
    var all = new General();
    all.conversations();
    all.accounts();
    all.people();
    all.admins();
    return all.calls;
  }

  private void conversations() {
    get("/api/conversations", "");
    get("/api/conversations/directory", "");
    get("/api/conversations/unread", "");
    get("/api/conversations/scheduled", "");
    get("/api/conversations/reports", "");
    get("/api/conversations/held", "");
    get("/api/conversations/all", "");
    get("/api/conversations/export", "");
    call(
        "POST /api/conversations",
        _ ->
            send(
                "POST",
                "/api/conversations",
                Cast.object()
                    .put("conversation", Ids.uuid7().toString())
                    .put("kind", "group")
                    .put("title", "New")));
    call(
        "DELETE /api/conversations/scheduled/{}",
        _ -> send("DELETE", "/api/conversations/scheduled/" + Ids.uuid7()));
    get("/api/search/messages", "?q=kestrel");
  }

  private void accounts() {
    get("/.well-known/jwks.json", "");
    call(
        "POST /api/auth/register",
        _ ->
            send(
                "POST",
                "/api/auth/register",
                credentials(Newcomers.name("new"), Newcomers.PASSWORD)));
    call(
        "POST /api/auth/login",
        v -> send("POST", "/api/auth/login", credentials(v.victim().name(), Newcomers.PASSWORD)));
    call(
        "POST /api/auth/refresh",
        v ->
            send(
                "POST",
                "/api/auth/refresh",
                Cast.object().put("refresh_token", v.victim().refreshToken())));
    call("POST /api/auth/guest", _ -> send("POST", "/api/auth/guest"));
    call(
        "POST /api/auth/service-token",
        _ -> send("POST", "/api/auth/service-token", Cast.object().put("key", "pk_none")));
    call("POST /api/auth/ws-ticket", _ -> send("POST", "/api/auth/ws-ticket"));
    call("POST /api/auth/logout", _ -> send("POST", "/api/auth/logout"));
    call("POST /api/auth/logout-all", _ -> send("POST", "/api/auth/logout-all"));
    call(
        "POST /api/auth/password",
        _ ->
            send(
                "POST",
                "/api/auth/password",
                Cast.object()
                    .put("current", Newcomers.PASSWORD)
                    .put("password", "another horse of 4712 batteries")));
    get("/api/auth/sessions", "");
    call("DELETE /api/auth/sessions/{}", _ -> send("DELETE", "/api/auth/sessions/" + Ids.uuid7()));
  }

  private void people() {
    call("GET /api/users", "ids", v -> send("GET", "/api/users?ids=" + v.victim().user()));
    call("GET /api/users", "q", _ -> send("GET", "/api/users?q=vic"));
    get("/api/users/me", "");
    call(
        "PATCH /api/users/me",
        _ -> send("PATCH", "/api/users/me", Cast.object().put("display_name", "Changed")));
    call(
        "DELETE /api/users/me",
        _ -> send("DELETE", "/api/users/me", Cast.object().put("password", Newcomers.PASSWORD)));
    get("/api/users/me/erasure", "");
    get("/api/users/me/blocks", "");
    call(
        "PUT /api/users/me/blocks/{}",
        v -> send("PUT", "/api/users/me/blocks/" + v.victim().user()));
    call(
        "DELETE /api/users/me/blocks/{}",
        v -> send("DELETE", "/api/users/me/blocks/" + v.victim().user()));
  }

  private void admins() {
    get("/api/admin/users", "");
    get("/api/admin/audit", "");
    call("GET /api/admin/users/{}", v -> send("GET", user(v)));
    call(
        "PATCH /api/admin/users/{}",
        v -> send("PATCH", user(v), Cast.object().put("suspended", true)));
    call("DELETE /api/admin/users/{}", v -> send("DELETE", user(v)));
    call("GET /api/admin/users/{}/sessions", v -> send("GET", user(v) + "/sessions"));
    call("DELETE /api/admin/users/{}/sessions", v -> send("DELETE", user(v) + "/sessions"));
    call(
        "DELETE /api/admin/users/{}/sessions/{}",
        v -> send("DELETE", user(v) + "/sessions/" + Ids.uuid7()));
    call(
        "POST /api/admin/users",
        _ ->
            send(
                "POST",
                "/api/admin/users",
                Cast.object().put("name", Newcomers.name("made")).put("display_name", "Made")));
    call(
        "GET /api/admin/erasures/{}", v -> send("GET", "/api/admin/erasures/" + v.victim().user()));
    call(
        "POST /api/admin/bots",
        _ ->
            send(
                "POST",
                "/api/admin/bots",
                Cast.object().put("name", Newcomers.name("bot")).put("display_name", "Bot")));
    call("POST /api/admin/bots/{}/keys", v -> send("POST", bot(v) + "/keys", key()));
    call("GET /api/admin/bots/{}/keys", v -> send("GET", bot(v) + "/keys"));
    call("DELETE /api/admin/bots/{}/keys/{}", v -> send("DELETE", bot(v) + "/keys/" + Ids.uuid7()));
    call(
        "POST /api/admin/signing-keys:rotate",
        _ -> send("POST", "/api/admin/signing-keys:rotate", Cast.object().put("now", false)));
  }

  private static ObjectNode key() {
    var key = Cast.object().put("label", "k").put("expires_in_days", 1);
    key.putArray("scopes").add("read");
    return key;
  }

  private static String user(Visit v) {
    return "/api/admin/users/" + v.victim().user();
  }

  private static String bot(Visit v) {
    return "/api/admin/bots/" + v.victim().user();
  }

  private static ObjectNode credentials(String name, String password) {
    return Cast.object().put("name", name).put("password", password).put("display_name", name);
  }

  private void get(String path, String query) {
    call("GET " + path, _ -> send("GET", path + query));
  }

  private void call(String endpoint, Function<Visit, Request> request) {
    call(endpoint, "", request);
  }

  private void call(String endpoint, String about, Function<Visit, Request> request) {
    calls.add(new Call(endpoint, about, request));
  }

  private static Request send(String method, String path) {
    return send(method, path, Cast.object());
  }

  private static Request send(String method, String path, ObjectNode body) {
    return new Request(method, path, body);
  }
}
