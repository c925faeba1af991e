package dev.parley.identity.account;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.identity.person.People;
import dev.parley.identity.problem.Problems;
import dev.parley.identity.session.Session;
import dev.parley.identity.session.Sessions;
import dev.parley.identity.signing.AccessTokens;
import dev.parley.identity.ticket.Tickets;
import dev.parley.identity.ticket.Tickets.Issued;
import dev.parley.origins.Origins;
import dev.parley.schemas.error.ErrorCode;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A ticket for a WebSocket, for a client that can send neither a header nor a cookie with the
/// handshake. It stands for the access token that asks for it; who asks with a refresh token gets
/// one for an access token of that session, and keeps the refresh token.
@Path("/api/auth/ws-ticket")
@PermitAll
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
public class TicketResource {

  private static final String BEARER = "Bearer ";

  private final Tickets tickets;
  private final Sessions sessions;
  private final People people;
  private final AccessTokens tokens;
  private final MaybeToken maybeToken;
  private final Origins origins;
  private final ObjectMapper json;

  TicketResource(
      Tickets tickets,
      Sessions sessions,
      People people,
      AccessTokens tokens,
      MaybeToken maybeToken,
      Origins origins,
      ObjectMapper json) {
    this.tickets = tickets;
    this.sessions = sessions;
    this.people = people;
    this.tokens = tokens;
    this.maybeToken = maybeToken;
    this.origins = origins;
    this.json = json;
  }

  public record WsTicket(String ticket, @JsonProperty("expires_at") Instant expiresAt) {
    @Override
    public String toString() {
      return "WsTicket[until " + expiresAt + "]";
    }
  }

  @POST
  public Uni<Response> issue(@Context HttpServerRequest request, byte @Nullable [] body)
      throws IOException {
    String sent = ShownToken.read(body, json).refreshToken();
    return maybeToken
        .get()
        .chain(bearer ->
            bearer.isPresent()
                ? issue(bearerToken(request))
                : switch (Shown.by(sent, request, origins)) {
                  case Shown.Token(var refreshToken, _) ->
                      accessToken(refreshToken)
                          .chain(
                              access -> access.map(this::issue).orElseGet(TicketResource::nobody));
                  case Shown.Nothing() -> nobody();
                  case Shown.OtherOrigin() -> Uni.createFrom().item(Shown.otherOrigin());
                });
  }

  private Uni<Response> issue(String accessToken) {
    return tickets.issue(accessToken).map(TicketResource::answer);
  }

  private Uni<Optional<String>> accessToken(String refreshToken) {
    return Panache.withSession(() ->
        sessions
            .ofToken(refreshToken)
            .chain(session ->
                session == null
                    ? Uni.createFrom().item(Optional.<String>empty())
                    : accessToken(session)));
  }

  private Uni<Optional<String>> accessToken(Session session) {
    return people
        .findById(session.person())
        .map(person ->
            person == null || !person.mayEnter()
                ? Optional.empty()
                : Optional.of(tokens.issue(person.id(), session.id(), person.admin()).value()));
  }

  /// It was found to hold, so it is there.
  private static String bearerToken(HttpServerRequest request) {
    String header = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (header == null || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      throw new IllegalStateException("Expected the token that was verified in Authorization");
    }
    return header.substring(BEARER.length()).strip();
  }

  private static Response answer(@Nullable Issued issued) {
    return issued == null
        ? Problems.of(ErrorCode.UNAVAILABLE, "Tickets cannot be had at this moment.")
        : Response.ok(new WsTicket(issued.ticket().secret(), issued.expiresAt()))
            .header(HttpHeaders.CACHE_CONTROL, "no-store")
            .build();
  }

  private static Uni<Response> nobody() {
    return Uni.createFrom()
        .item(Problems.of(ErrorCode.UNAUTHENTICATED, "There is no token that holds: log in."));
  }
}
