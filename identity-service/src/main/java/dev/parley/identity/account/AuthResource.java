package dev.parley.identity.account;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.identity.IdentityConfig;
import dev.parley.identity.person.PublicPerson;
import dev.parley.identity.problem.Problems;
import dev.parley.identity.signing.AccessTokens;
import dev.parley.origins.Origins;
import dev.parley.rates.SharedRates;
import dev.parley.schemas.error.ErrorCode;
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
import org.jspecify.annotations.Nullable;

/// Register, log in, refresh; or be a guest.
///
/// A native client gets its refresh token in the body and keeps it itself; a browser asks for
/// cookies, and then no script ever sees one.
@Path("/api/auth")
@PermitAll
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class AuthResource {

  private final Accounts accounts;
  private final AccessTokens tokens;
  private final Cookies cookies;
  private final Origins origins;
  private final SharedRates rates;
  private final ObjectMapper json;
  private final IdentityConfig.Identity config;

  AuthResource(
      Accounts accounts,
      AccessTokens tokens,
      Cookies cookies,
      Origins origins,
      SharedRates rates,
      ObjectMapper json,
      IdentityConfig config) {
    this.accounts = accounts;
    this.tokens = tokens;
    this.cookies = cookies;
    this.origins = origins;
    this.rates = rates;
    this.json = json;
    this.config = config.identity();
  }

  public record Registration(
      @Nullable String name,
      @Nullable String password,
      @JsonProperty("display_name") @Nullable String displayName,
      boolean cookie) {
    @Override
    public String toString() {
      return "Registration[" + name + "]";
    }
  }

  public record Credentials(@Nullable String name, @Nullable String password, boolean cookie) {
    @Override
    public String toString() {
      return "Credentials[" + name + "]";
    }
  }

  /// @param refreshToken absent where it was set as a cookie
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Tokens(
      PublicPerson user,
      @JsonProperty("access_token") String accessToken,
      @JsonProperty("expires_at") Instant expiresAt,
      @JsonProperty("refresh_token") @Nullable String refreshToken) {
    @Override
    public String toString() {
      return "Tokens[of " + user.id() + "]";
    }
  }

  @POST
  @Path("/register")
  public Uni<Response> register(@Context HttpServerRequest request, @Nullable Registration body) {
    if (!config.accounts().enabled()) {
      return nothingHere();
    }
    if (!config.registration().enabled()) {
      return refused(ErrorCode.FORBIDDEN, "Nobody registers here; an admin adds people.");
    }
    if (body == null) {
      return empty();
    }
    return !mayHaveCookies(body.cookie(), request)
        ? otherOrigin()
        : accounts
            .register(body.name(), body.password(), body.displayName(), Client.of(request, rates))
            .map(entry -> answer(entry, Response.Status.CREATED, body.cookie()));
  }

  @POST
  @Path("/login")
  public Uni<Response> login(@Context HttpServerRequest request, @Nullable Credentials body) {
    if (!config.accounts().enabled()) {
      return nothingHere();
    }
    if (body == null) {
      return empty();
    }
    return !mayHaveCookies(body.cookie(), request)
        ? otherOrigin()
        : accounts
            .login(body.name(), body.password(), Client.of(request, rates))
            .map(entry -> answer(entry, Response.Status.OK, body.cookie()));
  }

  /// A token that came as a cookie is followed by one that comes as a cookie: a script that could
  /// ask for it in the body could take it away.
  @POST
  @Path("/refresh")
  @Consumes(MediaType.WILDCARD)
  public Uni<Response> refresh(@Context HttpServerRequest request, byte @Nullable [] body)
      throws IOException {
    ShownToken sent = ShownToken.read(body, json);
    if (!mayHaveCookies(sent.cookie(), request)) {
      return otherOrigin();
    }
    return switch (Shown.by(sent.refreshToken(), request, origins)) {
      case Shown.Token(var token, var byCookie) ->
          accounts
              .refresh(token)
              .map(entry -> answer(entry, Response.Status.OK, sent.cookie() || byCookie));
      case Shown.Nothing() ->
          refused(ErrorCode.UNAUTHENTICATED, "There is no refresh token: log in.");
      case Shown.OtherOrigin() -> otherOrigin();
    };
  }

  /// For looking at public channels without an account.
  @POST
  @Path("/guest")
  @Consumes(MediaType.WILDCARD)
  public Response guest() {
    if (!config.guests().enabled()) {
      return Problems.of(ErrorCode.SIGN_IN_REQUIRED, "This deployment has no guests.");
    }
    var access = tokens.issueToGuest();
    return Response.status(Response.Status.CREATED)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .entity(new GuestToken(access.value(), access.expiresAt()))
        .build();
  }

  public record GuestToken(
      @JsonProperty("access_token") String accessToken,
      @JsonProperty("expires_at") Instant expiresAt) {
    @Override
    public String toString() {
      return "GuestToken[until " + expiresAt + "]";
    }
  }

  /// A page of another origin must not sign its visitor in as somebody it chose.
  private boolean mayHaveCookies(boolean wanted, HttpServerRequest request) {
    return !wanted || Shown.mayUseCookies(request, origins);
  }

  private Response answer(Entry entry, Response.Status status, boolean cookie) {
    return switch (entry) {
      case Entry.SignedIn(var user, var access, var refreshToken) -> {
        var response = Response.status(status).header(HttpHeaders.CACHE_CONTROL, "no-store");
        if (cookie) {
          cookies
              .of(access, refreshToken)
              .forEach(value -> response.header(HttpHeaders.SET_COOKIE, value));
        }
        yield response
            .entity(
                new Tokens(user, access.value(), access.expiresAt(), cookie ? null : refreshToken))
            .build();
      }
      case Entry.Refused(var code, var detail) -> Problems.of(code, detail);
      case Entry.Throttled(var retryAfterMillis) -> Problems.throttled(retryAfterMillis);
    };
  }

  private static Uni<Response> otherOrigin() {
    return Uni.createFrom().item(Shown.otherOrigin());
  }

  private static Uni<Response> nothingHere() {
    return refused(ErrorCode.NOT_FOUND, "This deployment has no accounts of its own.");
  }

  private static Uni<Response> empty() {
    return refused(ErrorCode.MALFORMED, "The body is empty; send a JSON object.");
  }

  private static Uni<Response> refused(ErrorCode code, String detail) {
    return Uni.createFrom().item(Problems.of(code, detail));
  }
}
