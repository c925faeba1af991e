package dev.parley.identity.service;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.parley.identity.person.People;
import dev.parley.identity.person.Person;
import dev.parley.identity.problem.Problems;
import dev.parley.identity.signing.AccessTokens;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.token.Scope;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Exchanges a service key for an access token of its person, narrowed to its scopes.
@Path("/api/auth/service-token")
@PermitAll
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ServiceTokenResource {

  private final ServiceKeys keys;
  private final People people;
  private final AccessTokens tokens;

  ServiceTokenResource(ServiceKeys keys, People people, AccessTokens tokens) {
    this.keys = keys;
    this.people = people;
    this.tokens = tokens;
  }

  public record Wish(@Nullable String key) {
    @Override
    public String toString() {
      return "Wish[hidden]";
    }
  }

  public record ServiceToken(
      @JsonProperty("access_token") String accessToken,
      @JsonProperty("expires_at") Instant expiresAt,
      String scope) {
    @Override
    public String toString() {
      return "ServiceToken[until " + expiresAt + "]";
    }
  }

  @POST
  public Uni<Response> exchange(@Nullable Wish wish) {
    String secret = wish == null ? null : wish.key();
    if (secret == null) {
      return Uni.createFrom()
          .item(Problems.of(ErrorCode.INVALID, "key: the service key, as it was made."));
    }
    return Panache.withTransaction(() -> keys.holding(secret).chain(this::token));
  }

  /// One answer for a key that nobody has, one that ended or expired, and one whose person may not
  /// enter.
  private Uni<Response> token(@Nullable ServiceKey key) {
    return key == null
        ? Uni.createFrom().item(refused())
        : people
            .findById(key.person())
            .map(person -> person == null || !person.mayEnter() ? refused() : answer(key, person));
  }

  private Response answer(ServiceKey key, Person person) {
    var access = tokens.issueToService(person.id(), key.id(), person.admin(), key.scopes());
    String scope =
        key.scopes().stream().sorted().map(Scope::wireName).collect(Collectors.joining(" "));
    return Response.ok(new ServiceToken(access.value(), access.expiresAt(), scope))
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }

  private static Response refused() {
    return Problems.of(ErrorCode.CREDENTIALS_WRONG, "The service key does not hold.");
  }
}
