package dev.parley.identity.operator;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.parley.identity.IdentityConfig;
import dev.parley.identity.person.DisplayName;
import dev.parley.identity.person.People;
import dev.parley.identity.person.PersonName;
import dev.parley.identity.person.PublicPerson;
import dev.parley.identity.problem.Problems;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.id.Ids;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// Brings people of another system in, many at once. Who does not hold the operator secret sees
/// nothing here.
@Path("/internal")
@PermitAll
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class PeopleImportResource {

  private final PeopleImport peopleImport;
  private final People people;
  private final SharedSecrets secrets;
  private final int peopleMax;

  PeopleImportResource(
      PeopleImport peopleImport, People people, SharedSecrets secrets, IdentityConfig config) {
    this.peopleImport = peopleImport;
    this.people = people;
    this.secrets = secrets;
    this.peopleMax = config.identity().importPeopleMax();
  }

  public record Bulk(@Nullable List<@Nullable Entry> people) {}

  /// A display name that is absent is the name.
  public record Entry(
      @Nullable String id,
      @Nullable String name,
      @JsonProperty("display_name") @Nullable String displayName) {}

  /// @param users in the order they were sent, with the names they have now
  public record Answer(int created, int existing, List<PublicPerson> users) {}

  @POST
  @Path("/people:import")
  public Uni<Response> importPeople(
      @RestHeader("Parley-Operator") @Nullable String given, @Nullable Bulk bulk) {
    if (!secrets.isOperator(given)) {
      return answer(Problems.of(ErrorCode.NOT_FOUND, "There is nothing at this address."));
    }
    if (bulk == null || bulk.people() == null || bulk.people().size() > peopleMax) {
      return answer(
          Problems.of(ErrorCode.INVALID, "people: a list of at most " + peopleMax + " people."));
    }
    List<Newcomer> newcomers = new ArrayList<>();
    Set<UUID> seen = new HashSet<>();
    for (Entry entry : bulk.people()) {
      Newcomer newcomer = entry == null ? null : read(entry);
      if (newcomer == null || !seen.add(newcomer.id())) {
        return answer(Problems.of(ErrorCode.INVALID, complaint(newcomers.size())));
      }
      newcomers.add(newcomer);
    }
    return peopleImport.add(newcomers).map(added -> Response.ok(added).build());
  }

  /// Who has this name: one person or nobody.
  @GET
  @Path("/people")
  @WithSession
  public Uni<Response> named(
      @RestHeader("Parley-Operator") @Nullable String given, @RestQuery @Nullable String name) {
    if (!secrets.isOperator(given)) {
      return answer(Problems.of(ErrorCode.NOT_FOUND, "There is nothing at this address."));
    }
    PersonName wanted = PersonName.parse(name);
    if (wanted == null) {
      return answer(Response.ok(Map.of("users", List.of())).build());
    }
    return people
        .named(wanted)
        .map(person -> person == null || person.erased() ? List.of() : List.of(person.publicly()))
        .map(found -> Response.ok(Map.of("users", found)).build());
  }

  private static @Nullable Newcomer read(Entry entry) {
    UUID id = Ids.parse(entry.id());
    PersonName name = PersonName.parse(entry.name());
    if (id == null || name == null) {
      return null;
    }
    DisplayName displayName =
        DisplayName.parse(Objects.requireNonNullElse(entry.displayName(), name.value()));
    return displayName == null ? null : new Newcomer(id, name, displayName);
  }

  private static String complaint(int index) {
    return "people["
        + index
        + "]: an id (UUID, once in the list), a name and a display_name. "
        + PersonName.RULE
        + " "
        + DisplayName.RULE;
  }

  private static Uni<Response> answer(Response response) {
    return Uni.createFrom().item(response);
  }
}
