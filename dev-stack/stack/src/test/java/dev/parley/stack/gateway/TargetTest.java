package dev.parley.stack.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {

  @ParameterizedTest(name = "{0} {1} goes to {2}")
  @CsvSource({
    "GET, /ws, EDGE",
    "POST, /api/auth/login, IDENTITY",
    "GET, /api/users/me, IDENTITY",
    "PATCH, /api/users/me, IDENTITY",
    "GET, /api/users, IDENTITY",
    "DELETE, /api/admin/users/1, IDENTITY",
    "GET, /.well-known/jwks.json, IDENTITY",
    "GET, /api/conversations, PROJECTION",
    "HEAD, /api/conversations/1, PROJECTION",
    "GET, /api/conversations/1/messages, PROJECTION",
    "POST, /api/conversations, COMMAND",
    "PATCH, /api/conversations/1/messages/2, COMMAND",
    "DELETE, /api/conversations/1/members/2, COMMAND",
    "GET, /api/search/messages, SEARCH",
    "GET, /, PAGE",
    "HEAD, /assets/x.js, PAGE",
    "GET, /c/1, PAGE",
    "POST, /, NOBODY",
    "GET, /api/conversationsx, NOBODY",
    "GET, /api/other, NOBODY",
    "GET, /api, NOBODY",
    "GET, /internal, NOBODY",
    "POST, /internal/replay, NOBODY",
    "GET, /q/health/ready, NOBODY",
    "GET, /q, NOBODY",
  })
  void aRequestIsRoutedByPathAndMethod(String method, String path, Target target) {
    assertThat(Target.of(method, path)).isEqualTo(target);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ws",
        "/api/users/../../internal/inboxes",
        "/api/users/..",
        "/./internal",
        "//internal",
        "/api/users/%2e%2e/internal",
        "/api%2Fusers",
        "/api/users/%5c..%5cinternal",
        "/api\\users",
        "/internal;x=1",
      })
  void aPathThatCouldBeReadTwiceIsRefused(String path) {
    assertThat(PlainPath.isPlain(path)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/ws", "/api/users/me", "/assets/a..b.js", "/c/%C3%A9t%C3%A9"})
  void anOrdinaryPathIsPlain(String path) {
    assertThat(PlainPath.isPlain(path)).isTrue();
  }
}
