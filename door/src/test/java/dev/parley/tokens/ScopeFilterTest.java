package dev.parley.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.schemas.token.Scope;
import org.junit.jupiter.api.Test;

class ScopeFilterTest {

  @Test
  void eachRequestNeedsOneScopeByItsMethodAndAddress() {
    assertThat(ScopeFilter.needed("GET", "/api/conversations")).isEqualTo(Scope.READ);
    assertThat(ScopeFilter.needed("HEAD", "/api/users")).isEqualTo(Scope.READ);
    assertThat(ScopeFilter.needed("POST", "/api/conversations")).isEqualTo(Scope.WRITE);
    assertThat(ScopeFilter.needed("DELETE", "/api/users/me")).isEqualTo(Scope.WRITE);
    assertThat(ScopeFilter.needed("PURGE", "/api/conversations")).isEqualTo(Scope.WRITE);
    assertThat(ScopeFilter.needed("GET", "/api/search/messages")).isEqualTo(Scope.SEARCH);
    assertThat(ScopeFilter.needed("GET", "/api/admin/users")).isEqualTo(Scope.ADMIN);
    assertThat(ScopeFilter.needed("POST", "/api/admin/signing-keys:rotate")).isEqualTo(Scope.ADMIN);
  }
}
