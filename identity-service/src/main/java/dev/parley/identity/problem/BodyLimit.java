package dev.parley.identity.problem;

import dev.parley.identity.IdentityConfig;
import dev.parley.schemas.error.ErrorCode;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/// Refuses bodies of clients beyond the limit before they are read. A body without a stated length
/// is refused as well: no client of this API needs one, and it could only be measured by reading
/// it.
public class BodyLimit {

  private final int bytesMax;

  BodyLimit(IdentityConfig config) {
    this.bytesMax = config.identity().apiBodyBytesMax();
  }

  @ServerRequestFilter(preMatching = true)
  public @Nullable Response refuseTooLarge(ContainerRequestContext request) {
    if (!request.getUriInfo().getPath().startsWith("/api/")) {
      return null;
    }
    boolean unstated =
        request.getHeaderString(HttpHeaders.CONTENT_LENGTH) == null
            && request.getHeaderString("Transfer-Encoding") != null;
    return unstated || request.getLength() > bytesMax
        ? Problems.of(
            ErrorCode.TOO_LARGE,
            "A body here has at most " + bytesMax + " bytes, stated in Content-Length.")
        : null;
  }
}
