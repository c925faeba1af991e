package dev.parley.identity.account;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.identity.outbox.Outbox;
import dev.parley.identity.problem.Problems;
import dev.parley.identity.session.Session;
import dev.parley.identity.session.Sessions;
import dev.parley.origins.Origins;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.id.Ids;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/// Where one is signed in, and signing out: here, there, or everywhere. What ends here ends at
/// every door as soon as the log has told it.
@Path("/api/auth")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class SessionsResource {

  private final Sessions sessions;
  private final Outbox outbox;
  private final Cookies cookies;
  private final Origins origins;
  private final ObjectMapper json;
  private final MaybeToken maybeToken;
  private final JsonWebToken token;

  SessionsResource(
      Sessions sessions,
      Outbox outbox,
      Cookies cookies,
      Origins origins,
      ObjectMapper json,
      MaybeToken maybeToken,
      JsonWebToken token) {
    this.sessions = sessions;
    this.outbox = outbox;
    this.cookies = cookies;
    this.origins = origins;
    this.json = json;
    this.maybeToken = maybeToken;
    this.token = token;
  }

  /// @param current whether it is the session of the token that asks
  public record OneSession(
      UUID id,
      @JsonProperty("created_at") Instant createdAt,
      @JsonProperty("last_used_at") Instant lastUsedAt,
      String client,
      boolean current) {}

  @GET
  @Path("/sessions")
  @RolesAllowed("user")
  @WithSession
  public Uni<Response> list() {
    UUID current = session();
    return sessions
        .of(user())
        .map(found -> found.stream().map(one -> read(one, current)).toList())
        .map(list ->
            Response.ok(Map.of("sessions", list))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build());
  }

  @DELETE
  @Path("/sessions/{id}")
  @RolesAllowed("user")
  public Uni<Response> end(String id) {
    UUID session = Ids.parse(id);
    return session == null
        ? Uni.createFrom().item(noSuchSession())
        : Panache.withTransaction(() -> sessions.end(user(), session))
            .invoke(outbox::wake)
            .map(ended -> ended ? Response.noContent().build() : noSuchSession());
  }

  /// Ends the session of the refresh token that is shown, or else that of the access token. Says
  /// the same whether there was one.
  @POST
  @Path("/logout")
  @PermitAll
  @Consumes(MediaType.WILDCARD)
  public Uni<Response> logout(@Context HttpServerRequest request, byte @Nullable [] body)
      throws IOException {
    return switch (Shown.by(ShownToken.read(body, json).refreshToken(), request, origins)) {
      case Shown.Token(var refreshToken, _) -> endOwn(() -> sessions.endOfToken(refreshToken));
      case Shown.Nothing() ->
          maybeToken
              .get()
              .chain(access -> endOwn(() -> access.map(this::endOf).orElseGet(nothing())));
      case Shown.OtherOrigin() -> Uni.createFrom().item(Shown.otherOrigin());
    };
  }

  @POST
  @Path("/logout-all")
  @RolesAllowed("user")
  @Consumes(MediaType.WILDCARD)
  public Uni<Response> logoutAll() {
    UUID user = user();
    return endOwn(() -> sessions.endAll(user).replaceWithVoid());
  }

  private Uni<Response> endOwn(Supplier<Uni<Void>> ending) {
    return Panache.withTransaction(ending).invoke(outbox::wake).map(_ -> goodbye());
  }

  private Uni<Void> endOf(JsonWebToken access) {
    UUID session = Ids.parse(access.getClaim("sid"));
    return session == null
        ? Uni.createFrom().voidItem()
        : sessions.end(Ids.required(access.getSubject()), session).replaceWithVoid();
  }

  private static Supplier<Uni<Void>> nothing() {
    return () -> Uni.createFrom().voidItem();
  }

  private Response goodbye() {
    var response = Response.noContent();
    List<String> gone = cookies.gone();
    gone.forEach(value -> response.header(HttpHeaders.SET_COOKIE, value));
    return response.build();
  }

  private static OneSession read(Session session, @Nullable UUID current) {
    return new OneSession(
        session.id(),
        Instant.ofEpochMilli(session.createdAtMillis()),
        Instant.ofEpochMilli(session.lastUsedAtMillis()),
        session.client(),
        session.id().equals(current));
  }

  private static Response noSuchSession() {
    return Problems.of(ErrorCode.NOT_FOUND, "There is no such session of yours.");
  }

  private UUID user() {
    return Ids.required(token.getSubject());
  }

  private @Nullable UUID session() {
    return Ids.parse(token.getClaim("sid"));
  }
}
