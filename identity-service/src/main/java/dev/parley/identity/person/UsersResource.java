package dev.parley.identity.person;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.parley.identity.IdentityConfig;
import dev.parley.identity.outbox.Outbox;
import dev.parley.identity.problem.Problems;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.id.Ids;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.persistence.LockModeType;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// One's own profile, and finding others.
@Path("/api/users")
@RolesAllowed("user")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class UsersResource {

  private static final int LIMIT_DEFAULT = 20;

  private final People people;
  private final Outbox outbox;
  private final JsonWebToken token;
  private final int peopleMax;

  UsersResource(People people, Outbox outbox, JsonWebToken token, IdentityConfig config) {
    this.people = people;
    this.outbox = outbox;
    this.token = token;
    this.peopleMax = config.identity().lookupPeopleMax();
  }

  /// What a person may change of themselves; an absent field stays as it is.
  public record Changes(@JsonProperty("display_name") @Nullable String displayName) {}

  @GET
  @Path("/me")
  @WithSession
  public Uni<Response> me() {
    return people.findById(caller()).map(UsersResource::answerMe);
  }

  @PATCH
  @Path("/me")
  public Uni<Response> change(@Nullable Changes changes) {
    if (changes == null || changes.displayName() == null) {
      return refused("Give display_name.");
    }
    DisplayName name = DisplayName.parse(changes.displayName());
    return name == null ? refused("display_name: " + DisplayName.RULE) : rename(name);
  }

  /// Guests learn who wrote what they read, and do not look for people.
  @GET
  @RolesAllowed({"user", "guest"})
  @WithSession
  public Uni<Response> find(
      @RestQuery @Nullable String ids,
      @RestQuery @Nullable String q,
      @RestQuery @Nullable String limit) {
    if (ids != null) {
      return byIds(ids);
    }
    if (q == null) {
      return refused("Give ids or q.");
    }
    return token.getGroups().contains("user")
        ? byPrefix(q, limit)
        : Uni.createFrom()
            .item(Problems.of(ErrorCode.SIGN_IN_REQUIRED, "Guests do not look for people."));
  }

  private Uni<Response> rename(DisplayName name) {
    UUID caller = caller();
    return Panache.withTransaction(() ->
            people
                .findById(caller, LockModeType.PESSIMISTIC_WRITE)
                .onItem()
                .ifNotNull()
                .call(person -> renamed(person, name)))
        .invoke(outbox::wake)
        .map(UsersResource::answerMe);
  }

  private Uni<Void> renamed(Person person, DisplayName name) {
    person.rename(name);
    return outbox.append(person.profile());
  }

  private Uni<Response> byIds(String commaSeparated) {
    List<String> texts = Arrays.stream(commaSeparated.split(",", -1)).toList();
    if (texts.size() > peopleMax) {
      return refused("ids: at most " + peopleMax + " at once.");
    }
    Set<UUID> ids = new LinkedHashSet<>();
    for (String text : texts) {
      UUID id = Ids.parse(text.strip());
      if (id == null) {
        return refused("ids: UUIDs with commas between them.");
      }
      ids.add(id);
    }
    return people.withIds(ids).map(UsersResource::answer);
  }

  private Uni<Response> byPrefix(String prefix, @Nullable String limit) {
    int wanted = LIMIT_DEFAULT;
    if (limit != null) {
      if (!limit.matches("[1-9][0-9]{0,5}")) {
        return refused("limit: a number from 1.");
      }
      wanted = Math.min(Integer.parseInt(limit), peopleMax);
    }
    return people
        .startingWith(prefix.strip().toLowerCase(Locale.ROOT), wanted)
        .map(UsersResource::answer);
  }

  /// The token was checked before; a token of ours always carries a UUID.
  private UUID caller() {
    return Ids.required(token.getSubject());
  }

  private static Response answerMe(@Nullable Person person) {
    return person == null || person.erased()
        ? Problems.of(ErrorCode.UNAUTHENTICATED, "This account does not exist any more.")
        : Response.ok(person.publicly()).build();
  }

  private static Response answer(List<Person> found) {
    return Response.ok(Map.of("users", found.stream().map(Person::publicly).toList())).build();
  }

  private static Uni<Response> refused(String detail) {
    return Uni.createFrom().item(Problems.of(ErrorCode.INVALID, detail));
  }
}
