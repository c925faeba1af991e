package dev.parley.identity.provision;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.parley.identity.operator.SharedSecrets;
import dev.parley.identity.person.People;
import dev.parley.identity.person.Person;
import dev.parley.identity.problem.Problems;
import dev.parley.identity.session.Session;
import dev.parley.identity.session.Sessions;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.id.Ids;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/// What this service holds of a person, for their export: no secrets, no hashes.
@Path("/internal/people/{user}/account")
@PermitAll
@Produces(MediaType.APPLICATION_JSON)
public class AccountResource {

  private final People people;
  private final Sessions sessions;
  private final SharedSecrets secrets;

  AccountResource(People people, Sessions sessions, SharedSecrets secrets) {
    this.people = people;
    this.sessions = sessions;
    this.secrets = secrets;
  }

  /// @param issuer who else signs tokens for this person; null: nobody
  public record Account(
      UUID id,
      String name,
      @JsonProperty("display_name") String displayName,
      @JsonProperty("created_at") Instant createdAt,
      boolean admin,
      boolean suspended,
      boolean bot,
      boolean imported,
      @JsonProperty("has_password") boolean hasPassword,
      @Nullable String issuer,
      List<UUID> blocked,
      List<OneSession> sessions) {

    static Account of(Person person, List<Session> sessions) {
      return new Account(
          person.id(),
          person.name(),
          person.displayName(),
          Instant.ofEpochMilli(person.createdAtMillis()),
          person.admin(),
          person.suspended(),
          person.bot(),
          person.imported(),
          person.passwordHash() != null,
          person.issuer(),
          person.blocked(),
          sessions.stream().map(OneSession::of).toList());
    }
  }

  public record OneSession(
      UUID id,
      @JsonProperty("created_at") Instant createdAt,
      @JsonProperty("last_used_at") Instant lastUsedAt,
      String client) {

    static OneSession of(Session session) {
      return new OneSession(
          session.id(),
          Instant.ofEpochMilli(session.createdAtMillis()),
          Instant.ofEpochMilli(session.lastUsedAtMillis()),
          session.client());
    }
  }

  @GET
  @WithSession
  public Uni<Response> account(
      @RestHeader("Parley-Internal") @Nullable String given, @RestPath String user) {
    UUID id = Ids.parse(user);
    if (!secrets.isService(given) || id == null) {
      return Uni.createFrom().item(nothing());
    }
    return people
        .findById(id)
        .chain(person ->
            person == null || person.erased()
                ? Uni.createFrom().item(nothing())
                : sessions.of(id).map(found -> Response.ok(Account.of(person, found)).build()));
  }

  private static Response nothing() {
    return Problems.of(ErrorCode.NOT_FOUND, "There is nothing at this address.");
  }
}
