package dev.parley.identity.account;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.parley.identity.IdentityConfig;
import dev.parley.identity.person.PublicPerson;
import dev.parley.identity.problem.Problems;
import dev.parley.identity.signing.AccessTokens;
import dev.parley.schemas.error.ErrorCode;
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
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Register, log in, refresh; or be a guest.
@Path("/api/auth")
@PermitAll
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class AuthResource {

  private final Accounts accounts;
  private final AccessTokens tokens;
  private final boolean guests;

  AuthResource(Accounts accounts, AccessTokens tokens, IdentityConfig config) {
    this.accounts = accounts;
    this.tokens = tokens;
    this.guests = config.identity().guests().enabled();
  }

  public record Registration(
      @Nullable String name,
      @Nullable String password,
      @JsonProperty("display_name") @Nullable String displayName) {
    @Override
    public String toString() {
      return "Registration[" + name + "]";
    }
  }

  public record Credentials(@Nullable String name, @Nullable String password) {
    @Override
    public String toString() {
      return "Credentials[" + name + "]";
    }
  }

  public record Refresh(@JsonProperty("refresh_token") @Nullable String refreshToken) {
    @Override
    public String toString() {
      return "Refresh[hidden]";
    }
  }

  public record Tokens(
      PublicPerson user,
      @JsonProperty("access_token") String accessToken,
      @JsonProperty("expires_at") Instant expiresAt,
      @JsonProperty("refresh_token") String refreshToken) {
    @Override
    public String toString() {
      return "Tokens[of " + user.id() + "]";
    }
  }

  @POST
  @Path("/register")
  public Uni<Response> register(@Nullable Registration body) {
    return body == null
        ? empty()
        : accounts
            .register(body.name(), body.password(), body.displayName())
            .map(entry -> answer(entry, Response.Status.CREATED));
  }

  @POST
  @Path("/login")
  public Uni<Response> login(@Nullable Credentials body) {
    return body == null
        ? empty()
        : accounts
            .login(body.name(), body.password())
            .map(entry -> answer(entry, Response.Status.OK));
  }

  @POST
  @Path("/refresh")
  public Uni<Response> refresh(@Nullable Refresh body) {
    return body == null
        ? empty()
        : accounts
            .refresh(Objects.requireNonNullElse(body.refreshToken(), ""))
            .map(entry -> answer(entry, Response.Status.OK));
  }

  /// For looking at public channels without an account.
  @POST
  @Path("/guest")
  @Consumes(MediaType.WILDCARD)
  public Response guest() {
    if (!guests) {
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

  private static Response answer(Entry entry, Response.Status status) {
    return switch (entry) {
      case Entry.SignedIn(var user, var access, var refreshToken) ->
          Response.status(status)
              .header(HttpHeaders.CACHE_CONTROL, "no-store")
              .entity(new Tokens(user, access.value(), access.expiresAt(), refreshToken))
              .build();
      case Entry.Refused(var code, var detail) -> Problems.of(code, detail);
    };
  }

  private static Uni<Response> empty() {
    return Uni.createFrom()
        .item(Problems.of(ErrorCode.MALFORMED, "The body is empty; send a JSON object."));
  }
}
