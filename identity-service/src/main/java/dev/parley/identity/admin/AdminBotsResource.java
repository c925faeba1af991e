package dev.parley.identity.admin;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.parley.identity.audit.Act;
import dev.parley.identity.audit.Audit;
import dev.parley.identity.outbox.Outbox;
import dev.parley.identity.person.People;
import dev.parley.identity.person.Person;
import dev.parley.identity.problem.Problems;
import dev.parley.identity.service.ServiceKey;
import dev.parley.identity.service.ServiceKeys;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.token.Scope;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/// Bots, and the keys with which they get tokens.
@Path("/api/admin/bots")
@RolesAllowed("admin")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class AdminBotsResource {

  private static final int LABEL_MAX = 64;
  private static final int DAYS_MAX = 3_650;

  private final Newcomers newcomers;
  private final People people;
  private final ServiceKeys keys;
  private final Outbox outbox;
  private final Audit audit;
  private final InstantSource clock;
  private final JsonWebToken token;

  AdminBotsResource(
      Newcomers newcomers,
      People people,
      ServiceKeys keys,
      Outbox outbox,
      Audit audit,
      InstantSource clock,
      JsonWebToken token) {
    this.newcomers = newcomers;
    this.people = people;
    this.keys = keys;
    this.outbox = outbox;
    this.audit = audit;
    this.clock = clock;
    this.token = token;
  }

  public record Bot(
      @Nullable String name, @JsonProperty("display_name") @Nullable String displayName) {}

  /// @param expiresInDays absent: never
  public record Wish(
      @Nullable List<@Nullable String> scopes,
      @Nullable String label,
      @JsonProperty("expires_in_days") @Nullable Integer expiresInDays) {}

  /// @param lastUsedAt to within a minute; null: never
  public record Key(
      UUID id,
      List<String> scopes,
      String label,
      @JsonProperty("created_at") Instant createdAt,
      @JsonProperty("expires_at") @Nullable Instant expiresAt,
      @JsonProperty("last_used_at") @Nullable Instant lastUsedAt) {

    static Key of(ServiceKey key) {
      return new Key(
          key.id(),
          key.scopes().stream().sorted().map(Scope::wireName).toList(),
          key.label(),
          Instant.ofEpochMilli(key.createdAtMillis()),
          instant(key.expiresAtMillis()),
          instant(key.lastUsedAtMillis()));
    }

    private static @Nullable Instant instant(@Nullable Long millis) {
      return millis == null ? null : Instant.ofEpochMilli(millis);
    }
  }

  /// @param secret said this once, as `key`
  public record NewKey(@JsonProperty("key") String secret, @JsonUnwrapped Key info) {
    @Override
    public String toString() {
      return "NewKey[" + info.id() + "]";
    }
  }

  @POST
  public Uni<Response> create(@Nullable Bot body) {
    return body == null
        ? refused(ErrorCode.MALFORMED, "Give name.")
        : newcomers
            .bot(caller(), body.name(), body.displayName())
            .map(result ->
                result.answer(bot -> Response.status(Response.Status.CREATED).entity(bot).build()));
  }

  @GET
  @Path("/{bot}/keys")
  public Uni<Response> list(@RestPath String bot) {
    return of(
        bot,
        id ->
            keys.of(id)
                .map(found ->
                    Response.ok(Map.of("keys", found.stream().map(Key::of).toList())).build()));
  }

  @POST
  @Path("/{bot}/keys")
  public Uni<Response> createKey(@RestPath String bot, @Nullable Wish wish) {
    Set<Scope> scopes = scopes(wish);
    String label = wish == null ? "" : Objects.requireNonNullElse(wish.label(), "").strip();
    Integer days = wish == null ? null : wish.expiresInDays();
    if (scopes.isEmpty() || label.length() > LABEL_MAX || (days != null && !isLife(days))) {
      return refused(
          ErrorCode.INVALID,
          "scopes: some of read, write, search, admin; label: up to %d characters; expires_in_days: 1 to %d."
              .formatted(LABEL_MAX, DAYS_MAX));
    }
    Long expires = days == null ? null : clock.millis() + Duration.ofDays(days).toMillis();
    return of(
        bot,
        id ->
            keys.create(id, scopes, label, expires)
                .call(made ->
                    audit.write(caller(), Act.BOT_KEY_CREATED, id, "key=" + made.key().id()))
                .map(made ->
                    Response.status(Response.Status.CREATED)
                        .header(HttpHeaders.CACHE_CONTROL, "no-store")
                        .entity(new NewKey(made.secret(), Key.of(made.key())))
                        .build()));
  }

  /// Tokens that were got with the key are void as well.
  @DELETE
  @Path("/{bot}/keys/{key}")
  public Uni<Response> deleteKey(@RestPath String bot, @RestPath String key) {
    UUID wanted = Ids.parse(key);
    return of(
        bot,
        id ->
            (wanted == null ? Uni.createFrom().item(false) : keys.end(id, wanted))
                .chain(ended ->
                    ended
                        ? audit
                            .write(caller(), Act.BOT_KEY_DELETED, id, "key=" + wanted)
                            .map(_ -> Response.noContent().build())
                        : refused(ErrorCode.NOT_FOUND, "There is no such key of this bot.")));
  }

  private interface Work {
    Uni<Response> on(UUID bot);
  }

  private Uni<Response> of(String bot, Work work) {
    UUID id = Ids.parse(bot);
    return id == null
        ? refused(ErrorCode.NOT_FOUND, "There is no such bot.")
        : Panache.withTransaction(() ->
                people
                    .locked(id)
                    .chain(person ->
                        isBot(person)
                            ? work.on(id)
                            : refused(ErrorCode.NOT_FOUND, "There is no such bot.")))
            .invoke(outbox::wake);
  }

  private static boolean isBot(@Nullable Person person) {
    return person != null && person.bot() && !person.erased();
  }

  /// Empty where one of them is none.
  private static Set<Scope> scopes(@Nullable Wish wish) {
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    if (wish == null || wish.scopes() == null) {
      return scopes;
    }
    for (String name : wish.scopes()) {
      Scope scope = Scope.fromWire(name);
      if (scope == null) {
        return EnumSet.noneOf(Scope.class);
      }
      scopes.add(scope);
    }
    return scopes;
  }

  private static boolean isLife(int days) {
    return days >= 1 && days <= DAYS_MAX;
  }

  private UUID caller() {
    return Ids.required(token.getSubject());
  }

  private static Uni<Response> refused(ErrorCode code, String detail) {
    return Uni.createFrom().item(Problems.of(code, detail));
  }
}
