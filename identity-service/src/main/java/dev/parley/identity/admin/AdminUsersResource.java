package dev.parley.identity.admin;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.parley.identity.admin.PeopleAdmin.Wishes;
import dev.parley.identity.erasure.Erasures;
import dev.parley.identity.erasure.Receipt;
import dev.parley.identity.person.DisplayName;
import dev.parley.identity.person.People;
import dev.parley.identity.person.Person;
import dev.parley.identity.problem.Paging;
import dev.parley.identity.problem.Problems;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.id.Ids;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// People, as admins see and change them.
@Path("/api/admin/users")
@RolesAllowed("admin")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class AdminUsersResource {

  private final People people;
  private final PeopleAdmin peopleAdmin;
  private final Newcomers newcomers;
  private final Erasures erasures;
  private final Paging paging;
  private final JsonWebToken token;

  AdminUsersResource(
      People people,
      PeopleAdmin peopleAdmin,
      Newcomers newcomers,
      Erasures erasures,
      Paging paging,
      JsonWebToken token) {
    this.people = people;
    this.peopleAdmin = peopleAdmin;
    this.newcomers = newcomers;
    this.erasures = erasures;
    this.paging = paging;
    this.token = token;
  }

  /// @param next where to go on; null: there is no more
  public record Page(List<AdminPerson> users, @Nullable String next) {}

  /// An absent field stays as it is.
  public record Changes(
      @Nullable Boolean suspended,
      @Nullable Boolean admin,
      @JsonProperty("display_name") @Nullable String displayName) {}

  /// @param password absent: they cannot log in with one
  public record Account(
      @Nullable String name,
      @JsonProperty("display_name") @Nullable String displayName,
      @Nullable String password) {
    @Override
    public String toString() {
      return "Account[" + name + "]";
    }
  }

  /// By name; those whose name starts with `q`.
  @GET
  @WithSession
  public Uni<Response> list(
      @RestQuery @Nullable String q,
      @RestQuery @Nullable String after,
      @RestQuery @Nullable String limit) {
    int size = paging.size(limit);
    String afterName = after == null ? "" : cursor(after);
    if (size == Paging.NONE || afterName == null) {
      return refused(ErrorCode.INVALID, "after: what `next` said; limit: from 1.");
    }
    String prefix = q == null ? "" : q.strip().toLowerCase(Locale.ROOT);
    return people
        .listed(prefix, afterName, size)
        .map(found -> Response.ok(page(found, size)).build());
  }

  @GET
  @Path("/{user}")
  @WithSession
  public Uni<Response> one(@RestPath String user) {
    UUID id = Ids.parse(user);
    return id == null
        ? nobody()
        : people
            .findById(id)
            .map(person ->
                person == null ? nobodyHere() : Response.ok(AdminPerson.of(person)).build());
  }

  @POST
  public Uni<Response> create(@Nullable Account body) {
    return body == null
        ? refused(ErrorCode.MALFORMED, "Give name.")
        : newcomers
            .account(caller(), body.name(), body.displayName(), body.password())
            .map(result ->
                result.answer(
                    person -> Response.status(Response.Status.CREATED).entity(person).build()));
  }

  @PATCH
  @Path("/{user}")
  public Uni<Response> change(@RestPath String user, @Nullable Changes changes) {
    UUID id = Ids.parse(user);
    if (id == null) {
      return nobody();
    }
    if (changes == null) {
      return refused(ErrorCode.MALFORMED, "Give suspended, admin or display_name.");
    }
    DisplayName displayName =
        changes.displayName() == null ? null : DisplayName.parse(changes.displayName());
    if (changes.displayName() != null && displayName == null) {
      return refused(ErrorCode.INVALID, "display_name: " + DisplayName.RULE);
    }
    return peopleAdmin
        .change(caller(), id, new Wishes(changes.suspended(), changes.admin(), displayName))
        .map(result -> result.answer(person -> Response.ok(person).build()));
  }

  /// Erases the person; 202 as long as the log has not forgotten them.
  @DELETE
  @Path("/{user}")
  @Consumes(MediaType.WILDCARD)
  public Uni<Response> erase(@RestPath String user) {
    UUID id = Ids.parse(user);
    return id == null
        ? nobody()
        : erasures.erase(id, caller()).map(result -> result.answer(Receipt::answer));
  }

  private static Page page(List<Person> found, int size) {
    return new Page(
        found.stream().map(AdminPerson::of).toList(),
        found.size() < size
            ? null
            : Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(found.getLast().name().getBytes(StandardCharsets.UTF_8)));
  }

  private static @Nullable String cursor(String text) {
    try {
      return new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII);
    } catch (IllegalArgumentException notACursor) {
      return null;
    }
  }

  private UUID caller() {
    return Ids.required(token.getSubject());
  }

  private static Uni<Response> nobody() {
    return Uni.createFrom().item(nobodyHere());
  }

  private static Response nobodyHere() {
    return Problems.of(ErrorCode.NOT_FOUND, "There is no such person.");
  }

  private static Uni<Response> refused(ErrorCode code, String detail) {
    return Uni.createFrom().item(Problems.of(code, detail));
  }
}
