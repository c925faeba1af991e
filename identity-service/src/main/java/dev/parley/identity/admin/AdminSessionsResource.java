package dev.parley.identity.admin;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.parley.identity.audit.Act;
import dev.parley.identity.audit.Audit;
import dev.parley.identity.outbox.Outbox;
import dev.parley.identity.person.People;
import dev.parley.identity.person.Person;
import dev.parley.identity.problem.Problems;
import dev.parley.identity.session.Revocations;
import dev.parley.identity.session.Session;
import dev.parley.identity.session.Sessions;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.id.Ids;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/// Where a person is signed in, and signing them out; every door closes their sockets.
@Path("/api/admin/users/{user}/sessions")
@RolesAllowed("admin")
@Produces(MediaType.APPLICATION_JSON)
public class AdminSessionsResource {

  private final People people;
  private final Sessions sessions;
  private final Revocations revocations;
  private final Outbox outbox;
  private final Audit audit;
  private final JsonWebToken token;

  AdminSessionsResource(
      People people,
      Sessions sessions,
      Revocations revocations,
      Outbox outbox,
      Audit audit,
      JsonWebToken token) {
    this.people = people;
    this.sessions = sessions;
    this.revocations = revocations;
    this.outbox = outbox;
    this.audit = audit;
    this.token = token;
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
  public Uni<Response> list(@RestPath String user) {
    return of(
        user,
        id ->
            sessions
                .of(id)
                .map(found ->
                    Response.ok(Map.of("sessions", found.stream().map(OneSession::of).toList()))
                        .build()));
  }

  /// Also voids tokens that have no session here: those of other issuers.
  @DELETE
  public Uni<Response> endAll(@RestPath String user) {
    return of(
        user,
        id ->
            sessions
                .endAll(id)
                .call(() -> revocations.ofPersonWholly(id))
                .call(ended -> audit.write(caller(), Act.SESSIONS_ENDED, id, "ended=" + ended))
                .map(_ -> Response.noContent().build()));
  }

  @DELETE
  @Path("/{session}")
  public Uni<Response> end(@RestPath String user, @RestPath String session) {
    UUID wanted = Ids.parse(session);
    return of(user, id -> wanted == null ? Uni.createFrom().item(noSession()) : end(id, wanted));
  }

  private Uni<Response> end(UUID person, UUID session) {
    return sessions
        .end(person, session)
        .chain(ended ->
            ended
                ? audit
                    .write(caller(), Act.SESSION_ENDED, person, "session=" + session)
                    .map(_ -> Response.noContent().build())
                : Uni.createFrom().item(noSession()));
  }

  private interface Work {
    Uni<Response> on(UUID person);
  }

  private Uni<Response> of(String user, Work work) {
    UUID id = Ids.parse(user);
    if (id == null) {
      return Uni.createFrom().item(nobody());
    }
    Supplier<Uni<Response>> inTransaction =
        () ->
            people
                .findById(id)
                .chain(person -> isGone(person) ? Uni.createFrom().item(nobody()) : work.on(id));
    return Panache.withTransaction(inTransaction).invoke(outbox::wake);
  }

  private static boolean isGone(@Nullable Person person) {
    return person == null || person.erased();
  }

  private static Response nobody() {
    return Problems.of(ErrorCode.NOT_FOUND, "There is no such person.");
  }

  private static Response noSession() {
    return Problems.of(ErrorCode.NOT_FOUND, "There is no such session of this person.");
  }

  private UUID caller() {
    return Ids.required(token.getSubject());
  }
}
