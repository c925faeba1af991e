package dev.parley.tokens;

import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.token.Scope;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/// Holds each request to the scopes of its token. One rule for all addresses, so that none can be
/// forgotten; what the person may do is asked by the resource.
public class ScopeFilter {

  private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");
  private static final String AUTH = "/api/auth/";

  /// Of these a person decides about their own sessions, which no narrowed token may.
  private static final Set<String> OF_A_PERSON =
      Set.of("/api/auth/logout-all", "/api/auth/password", "/api/auth/sessions");

  @ServerRequestFilter
  public Uni<Response> check(ContainerRequestContext request, RoutingContext routing) {
    var path = request.getUriInfo().getPath();
    if (!path.startsWith("/api/")) {
      return Uni.createFrom().nullItem();
    }
    var identity = QuarkusHttpUser.getSecurityIdentity(routing, null);
    return identity == null
        ? Uni.createFrom().nullItem()
        // Who has no valid token is refused by what requires one.
        : identity
            .onItemOrFailure()
            .transform((found, _) -> answer(request.getMethod(), path, found));
  }

  private static @Nullable Response answer(
      String method, String path, @Nullable SecurityIdentity identity) {
    if (identity == null || !(identity.getPrincipal() instanceof CallerToken token)) {
      return null;
    }
    var caller = token.caller();
    if (path.startsWith(AUTH)) {
      return isOfAPerson(path) && caller.scopes() != null ? refused("none") : null;
    }
    var needed = needed(method, path);
    return caller.may(needed) || (needed == Scope.ADMIN && caller.scopes() == null)
        ? null
        : refused(needed.wireName());
  }

  /// An admin's token without the scope looks like anybody's; a person who is no admin is refused
  /// by the resource.
  static Scope needed(String method, String path) {
    if (path.startsWith("/api/admin/")) {
      return Scope.ADMIN;
    }
    if (path.startsWith("/api/search/")) {
      return Scope.SEARCH;
    }
    return READS.contains(method) ? Scope.READ : Scope.WRITE;
  }

  private static boolean isOfAPerson(String path) {
    return OF_A_PERSON.stream().anyMatch(one -> path.equals(one) || path.startsWith(one + "/"));
  }

  private static Response refused(String scope) {
    return AuthProblems.problem(
            ErrorCode.INSUFFICIENT_SCOPE,
            scope.equals("none")
                ? "This takes a token that was not narrowed to scopes."
                : "This takes a token with the scope " + scope + ".")
        .header(
            HttpHeaders.WWW_AUTHENTICATE,
            scope.equals("none")
                ? "Bearer error=\"insufficient_scope\""
                : "Bearer error=\"insufficient_scope\", scope=\"" + scope + "\"")
        .build();
  }
}
