package dev.parley.projection.export;

import dev.parley.projection.access.Caller;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.StreamingOutput;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.resteasy.reactive.RestResponse;

/// `GET /api/conversations/export`: all that the caller wrote and keeps, as a zip. The one read
/// that blocks a thread: it writes as fast as it is received. Once it has begun it can only be cut
/// short, which a zip without its end shows.
@Path("/api/conversations")
@Authenticated
public class ExportResource {

  private final Exports exports;
  private final Accounts accounts;
  private final JsonWebToken token;

  public ExportResource(Exports exports, Accounts accounts, JsonWebToken token) {
    this.exports = exports;
    this.accounts = accounts;
    this.token = token;
  }

  @GET
  @Path("/export")
  @RunOnVirtualThread
  public RestResponse<StreamingOutput> export(@Context HttpServerRequest request) {
    var user = Caller.of(token).user();
    var export = exports.begin(user);
    try {
      var account = accounts.of(user);
      export.orElse(() -> request.connection().close());
      StreamingOutput zip = out -> export.writeTo(out, account);
      return RestResponse.ResponseBuilder.ok(zip, "application/zip")
          .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"parley-export.zip\"")
          .header(HttpHeaders.CACHE_CONTROL, "no-store")
          .build();
    } catch (RuntimeException refused) {
      export.close();
      throw refused;
    }
  }
}
