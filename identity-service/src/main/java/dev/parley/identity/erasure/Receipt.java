package dev.parley.identity.erasure;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What was destroyed of a person, and when.
///
/// @param receipt with it, the receipt can be asked for again without an account
/// @param requestedBy the person, or the admin who did it
/// @param keyId the content key that is no more
public record Receipt(
    UUID receipt,
    UUID user,
    @JsonProperty("requested_at") Instant requestedAt,
    @JsonProperty("requested_by") UUID requestedBy,
    @JsonProperty("key_id") @Nullable String keyId,
    @JsonProperty("key_destroyed_at") Instant keyDestroyedAt,
    @JsonProperty("sessions_ended") int sessionsEnded,
    @JsonProperty("service_keys_ended") int serviceKeysEnded,
    List<String> destroyed,
    Log log,
    String note) {

  /// Whether parley.users still holds an older record of the person.
  public record Log(boolean clean, @JsonProperty("clean_at") @Nullable Instant cleanAt) {}

  private static final List<String> DESTROYED =
      List.of(
          "content key",
          "name",
          "display name",
          "password",
          "issuer of tokens",
          "blocks",
          "sessions and refresh tokens",
          "service keys",
          "records that waited to be published");

  private static final String NOTE =
      "Without the content key nothing that this person wrote can be opened again; the log keeps it sealed, so that its"
          + " chain of hashes still verifies. Views and the search index drop the text when they read of the erasure."
          + " `log.clean` turns true once parley.users was read from its beginning and holds no older record with the"
          + " name or the wrapped key. Backups that were made before are not reached from here.";

  /// 200 once the log has forgotten the person, 202 before.
  public Response answer() {
    return Response.status(log.clean() ? Response.Status.OK : Response.Status.ACCEPTED)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .entity(this)
        .build();
  }

  static Receipt of(Erasure erasure) {
    Long cleanAt = erasure.cleanAtMillis;
    return new Receipt(
        erasure.receipt,
        erasure.person,
        Instant.ofEpochMilli(erasure.requestedAtMillis),
        erasure.requestedBy,
        erasure.keyId,
        Instant.ofEpochMilli(erasure.keyDestroyedAtMillis),
        erasure.sessionsEnded,
        erasure.serviceKeysEnded,
        DESTROYED,
        new Log(cleanAt != null, cleanAt == null ? null : Instant.ofEpochMilli(cleanAt)),
        NOTE);
  }
}
