package dev.parley.identity.operator;

import dev.parley.identity.audit.Act;
import dev.parley.identity.audit.Audit;
import dev.parley.identity.person.People;
import dev.parley.identity.person.Person;
import dev.parley.identity.person.PersonName;
import dev.parley.identity.person.PublicPerson;
import dev.parley.identity.problem.Problems;
import dev.parley.identity.problem.Result;
import dev.parley.schemas.error.ErrorCode;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/// Makes somebody an admin without one: the way to the first, and back in where all are gone.
/// Tokens say it from the next refresh or login on.
@Path("/internal/people/{name}/admin")
@PermitAll
@Produces(MediaType.APPLICATION_JSON)
public class FirstAdmin {

  private final People people;
  private final Audit audit;
  private final SharedSecrets secrets;

  FirstAdmin(People people, Audit audit, SharedSecrets secrets) {
    this.people = people;
    this.audit = audit;
    this.secrets = secrets;
  }

  @PUT
  public Uni<Response> make(
      @RestHeader("Parley-Operator") @Nullable String given, @RestPath String name) {
    PersonName wanted = PersonName.parse(name);
    if (!secrets.isOperator(given) || wanted == null) {
      return Uni.createFrom()
          .item(Problems.of(ErrorCode.NOT_FOUND, "There is nothing at this address."));
    }
    return Panache.withTransaction(() -> people.named(wanted).chain(this::make))
        .map(result -> result.answer(person -> Response.ok(person).build()));
  }

  private Uni<Result<PublicPerson>> make(@Nullable Person person) {
    if (person == null || person.erased() || person.bot()) {
      return Result.refused(ErrorCode.NOT_FOUND, "Nobody has this name.");
    }
    if (person.admin()) {
      return Result.done(person.publicly());
    }
    person.makeAdmin();
    return audit
        .write(null, Act.ADMIN_MADE, person.id(), "")
        .chain(() -> Result.done(person.publicly()));
  }
}
