package dev.parley.identity.audit;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Writes down what admins and operators do, in the transaction that does it, and says it in the
/// log.
@ApplicationScoped
public class Audit {

  private static final Logger LOG = Logger.getLogger(Audit.class);

  private final InstantSource clock;

  Audit(InstantSource clock) {
    this.clock = clock;
  }

  /// Within the caller's transaction.
  ///
  /// @param actor null: the operator
  /// @param person to whom; null: it is about nobody
  /// @param detail more about the act; no names and no secrets
  public Uni<Void> write(@Nullable UUID actor, Act act, @Nullable UUID person, String detail) {
    AuditEntry entry = new AuditEntry(clock.millis(), actor, act, person, detail);
    return Panache.getSession()
        .chain(db -> db.persist(entry))
        .invoke(() ->
            LOG.infof(
                "audit action=%s actor=%s person=%s %s",
                act.wireName(), actor == null ? "operator" : actor, person, detail));
  }

  /// The newest first, older than the one with this number.
  Uni<List<AuditEntry>> before(long number, int limit) {
    return Panache.getSession()
        .chain(db ->
            db.createQuery("from AuditEntry where id < :number order by id desc", AuditEntry.class)
                .setParameter("number", number)
                .setMaxResults(limit)
                .getResultList());
  }
}
