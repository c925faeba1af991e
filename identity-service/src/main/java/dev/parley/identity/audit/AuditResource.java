package dev.parley.identity.audit;

import dev.parley.identity.problem.Paging;
import dev.parley.identity.problem.Problems;
import dev.parley.schemas.error.ErrorCode;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// What was done by admins and operators, newest first.
@Path("/api/admin/audit")
@RolesAllowed("admin")
@Produces(MediaType.APPLICATION_JSON)
public class AuditResource {

  private final Audit audit;
  private final Paging paging;

  AuditResource(Audit audit, Paging paging) {
    this.audit = audit;
    this.paging = paging;
  }

  /// @param actor null: the operator
  public record Entry(
      long id,
      Instant at,
      @Nullable UUID actor,
      String action,
      @Nullable UUID user,
      String detail) {}

  /// @param next where to go on; null: there is no more
  public record Page(List<Entry> entries, @Nullable String next) {}

  @GET
  @WithSession
  public Uni<Response> list(@RestQuery @Nullable String after, @RestQuery @Nullable String limit) {
    int size = paging.size(limit);
    Long before = after == null ? Long.valueOf(Long.MAX_VALUE) : number(after);
    if (size == Paging.NONE || before == null) {
      return Uni.createFrom()
          .item(Problems.of(ErrorCode.INVALID, "after: what `next` said; limit: from 1."));
    }
    return audit.before(before, size).map(found -> Response.ok(page(found, size)).build());
  }

  private static Page page(List<AuditEntry> found, int size) {
    List<Entry> entries = found.stream().map(AuditResource::entry).toList();
    return new Page(entries, entries.size() < size ? null : Long.toString(entries.getLast().id()));
  }

  private static Entry entry(AuditEntry entry) {
    return new Entry(
        Objects.requireNonNull(entry.id),
        Instant.ofEpochMilli(entry.atMillis),
        entry.actor,
        entry.action,
        entry.person,
        entry.detail);
  }

  private static @Nullable Long number(String text) {
    return text.matches("[0-9]{1,18}") ? Long.valueOf(text) : null;
  }
}
