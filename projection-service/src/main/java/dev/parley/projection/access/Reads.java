package dev.parley.projection.access;

import dev.parley.projection.http.Parameters;
import dev.parley.projection.http.Refusal;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/// How every read of one conversation begins: wait for what the caller has seen elsewhere, then
/// find out what of it is theirs.
@ApplicationScoped
public class Reads {

  private final Access access;
  private final AtLeast atLeast;

  public Reads(Access access, AtLeast atLeast) {
    this.access = access;
    this.atLeast = atLeast;
  }

  /// Of what was written, which former members keep for the time of their stays.
  public Uni<Readable> ofThePast(String id, @Nullable String atLeastText, Caller caller) {
    var conversation = Parameters.id("conversation", id);
    return atLeast.reached(atLeastText, caller).flatMap(_ -> access.to(conversation, caller));
  }

  /// Of how the conversation is now, which is nothing to former members.
  public Uni<Readable> ofThePresent(String id, @Nullable String atLeastText, Caller caller) {
    return ofThePast(id, atLeastText, caller)
        .map(readable -> {
          if (readable.isPast()) {
            throw Refusal.absent();
          }
          return readable;
        });
  }

  /// As [#ofThePresent], for members only.
  public Uni<Readable> ofMembers(String id, @Nullable String atLeastText, Caller caller) {
    return ofThePresent(id, atLeastText, caller)
        .map(readable -> {
          if (readable.role() == null) {
            throw Refusal.absent();
          }
          return readable;
        });
  }
}
