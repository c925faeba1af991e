package dev.parley.identity.person;

import dev.parley.identity.IdentityConfig;
import dev.parley.identity.problem.Problems;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.id.Ids;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
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

/// Finding people.
@Path("/api/users")
@RolesAllowed("user")
@Produces(MediaType.APPLICATION_JSON)
public class UsersResource {

  private static final int LIMIT_DEFAULT = 20;

  private final People people;
  private final JsonWebToken token;
  private final int peopleMax;

  UsersResource(People people, JsonWebToken token, IdentityConfig config) {
    this.people = people;
    this.token = token;
    this.peopleMax = config.identity().lookupPeopleMax();
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

  private static Response answer(List<Person> found) {
    return Response.ok(Map.of("users", found.stream().map(Person::publicly).toList())).build();
  }

  private static Uni<Response> refused(String detail) {
    return Uni.createFrom().item(Problems.of(ErrorCode.INVALID, detail));
  }
}
