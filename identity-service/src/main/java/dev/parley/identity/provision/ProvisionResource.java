package dev.parley.identity.provision;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.parley.identity.IdentityConfig;
import dev.parley.identity.operator.SharedSecrets;
import dev.parley.identity.person.Person;
import dev.parley.identity.person.PersonName;
import dev.parley.identity.problem.Problems;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.id.Ids;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.RestHeader;
import org.jspecify.annotations.Nullable;

/// Asked by a door that meets a good token of a foreign issuer whose person nobody has heard of.
/// The token stays at the door.
@Path("/internal/people:provision")
@PermitAll
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ProvisionResource {

  private final Provisioning provisioning;
  private final SharedSecrets secrets;
  private final Map<String, IdentityConfig.Issuer> issuers;

  ProvisionResource(Provisioning provisioning, SharedSecrets secrets, IdentityConfig config) {
    this.provisioning = provisioning;
    this.secrets = secrets;
    this.issuers = config.tokens().issuers();
  }

  /// @param issuer the claim `iss`
  /// @param subject who they are there
  /// @param name what they are called there, if the token says so; so the display name
  public record Wanted(
      @Nullable String id,
      @Nullable String issuer,
      @Nullable String subject,
      @Nullable String name,
      @JsonProperty("display_name") @Nullable String displayName) {
    @Override
    public String toString() {
      return "Wanted[" + id + "]";
    }
  }

  @POST
  public Uni<Response> provision(
      @RestHeader("Parley-Internal") @Nullable String given, @Nullable Wanted wanted) {
    if (!secrets.isService(given)) {
      return refused(ErrorCode.NOT_FOUND, "There is nothing at this address.");
    }
    UUID id = wanted == null ? null : Ids.parse(wanted.id());
    if (wanted == null || id == null || wanted.issuer() == null) {
      return refused(ErrorCode.INVALID, "Give id (a UUID) and issuer.");
    }
    if (!mayHave(wanted.issuer(), wanted.subject(), id)) {
      return refused(ErrorCode.INVALID, "id: not the one of this issuer and subject.");
    }
    PersonName name = ForeignNames.name(wanted.name(), id);
    return provisioning
        .provision(
            new Provisioning.Newcomer(
                id, name, ForeignNames.displayName(wanted.displayName(), name), wanted.issuer()))
        .map(ProvisionResource::answer);
  }

  /// Doors tell who was erased (410) from who is suspended (403).
  private static Response answer(Person person) {
    if (person.erased()) {
      return Response.fromResponse(Problems.of(ErrorCode.NOT_FOUND, "This person was erased."))
          .status(Response.Status.GONE)
          .build();
    }
    return person.suspended()
        ? Problems.of(ErrorCode.SUSPENDED, "This person is suspended.")
        : Response.ok(person.publicly()).build();
  }

  /// The id follows from issuer and subject, but for issuers that are trusted to name Parley's ids.
  private boolean mayHave(String issuer, @Nullable String subject, UUID id) {
    return configured(issuer).anyMatch(one -> one.claims().userId().isPresent())
        || (subject != null
            && configured(issuer).findAny().isPresent()
            && Ids.foreign(issuer, subject).equals(id));
  }

  private Stream<IdentityConfig.Issuer> configured(String issuer) {
    return issuers.values().stream().filter(one -> one.issuer().equals(issuer));
  }

  private static Uni<Response> refused(ErrorCode code, String detail) {
    return Uni.createFrom().item(Problems.of(code, detail));
  }
}
