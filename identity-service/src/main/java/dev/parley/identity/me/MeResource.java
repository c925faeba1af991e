package dev.parley.identity.me;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.parley.identity.outbox.Outbox;
import dev.parley.identity.person.DisplayName;
import dev.parley.identity.person.People;
import dev.parley.identity.person.Person;
import dev.parley.identity.problem.Problems;
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
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// One's own profile.
@Path("/api/users/me")
@RolesAllowed("user")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class MeResource {

  private final People people;
  private final Outbox outbox;
  private final OwnErasure erasure;
  private final JsonWebToken token;

  MeResource(People people, Outbox outbox, OwnErasure erasure, JsonWebToken token) {
    this.people = people;
    this.outbox = outbox;
    this.erasure = erasure;
    this.token = token;
  }

  /// What a person may change of themselves; an absent field stays as it is.
  public record Changes(@JsonProperty("display_name") @Nullable String displayName) {}

  /// @param hasPassword whether they log in here; if not, another issuer vouches for them
  public record Me(
      UUID id,
      String name,
      @JsonProperty("display_name") String displayName,
      boolean admin,
      boolean bot,
      @JsonProperty("has_password") boolean hasPassword) {

    static Me of(Person person) {
      return new Me(
          person.id(),
          person.name(),
          person.displayName(),
          person.admin(),
          person.bot(),
          person.passwordHash() != null);
    }
  }

  @GET
  @WithSession
  public Uni<Response> me() {
    return people.findById(caller()).map(MeResource::answer);
  }

  @PATCH
  public Uni<Response> change(@Nullable Changes changes) {
    if (changes == null || changes.displayName() == null) {
      return refused("Give display_name.");
    }
    DisplayName name = DisplayName.parse(changes.displayName());
    return name == null ? refused("display_name: " + DisplayName.RULE) : rename(name);
  }

  /// @param password of the account; without one, a token of the last minutes is asked for
  public record Farewell(@Nullable String password) {
    @Override
    public String toString() {
      return "Farewell[hidden]";
    }
  }

  /// Erases the caller; 202 with the receipt, as long as the log has not forgotten them.
  @DELETE
  public Uni<Response> erase(@Context HttpServerRequest request, @Nullable Farewell body) {
    return erasure.erase(
        caller(),
        body == null ? null : body.password(),
        Instant.ofEpochSecond(token.getIssuedAtTime()),
        request);
  }

  /// The receipt, for whoever holds its number: the account is no more.
  @GET
  @Path("/erasure")
  @PermitAll
  public Uni<Response> receipt(@RestQuery @Nullable String receipt) {
    UUID number = Ids.parse(receipt);
    return number == null
        ? Uni.createFrom().item(noReceipt())
        : erasure.receipt(number).map(found -> found == null ? noReceipt() : found.answer());
  }

  private static Response noReceipt() {
    return Problems.of(ErrorCode.NOT_FOUND, "receipt: the number that the receipt has.");
  }

  private Uni<Response> rename(DisplayName name) {
    UUID caller = caller();
    return Panache.withTransaction(() ->
            people
                .locked(caller)
                .chain(person ->
                    person == null || person.erased()
                        ? Uni.createFrom().item(person)
                        : renamed(person, name)))
        .invoke(outbox::wake)
        .map(MeResource::answer);
  }

  private Uni<Person> renamed(Person person, DisplayName name) {
    person.rename(name);
    return outbox.append(person.profile()).replaceWith(person);
  }

  /// The token was checked before; a token of ours always carries a UUID.
  private UUID caller() {
    return Ids.required(token.getSubject());
  }

  private static Response answer(@Nullable Person person) {
    return person == null || person.erased()
        ? Problems.of(ErrorCode.UNAUTHENTICATED, "This account does not exist any more.")
        : Response.ok(Me.of(person)).build();
  }

  private static Uni<Response> refused(String detail) {
    return Uni.createFrom().item(Problems.of(ErrorCode.INVALID, detail));
  }
}
