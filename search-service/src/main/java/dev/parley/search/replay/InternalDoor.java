package dev.parley.search.replay;

import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.wire.Problem;
import dev.parley.search.SearchConfig;
import jakarta.inject.Provider;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;

/// `/internal` is for who knows the deployment's secret; for all others it is not there.
@jakarta.ws.rs.ext.Provider
@InternalOnly
public class InternalDoor implements ContainerRequestFilter {

  private static final String HEADER = "Parley-Internal";

  // Asked for at each request, since the door is made before there is a configuration.
  private final Provider<SearchConfig> config;

  public InternalDoor(Provider<SearchConfig> config) {
    this.config = config;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    var given = Objects.requireNonNullElse(request.getHeaderString(HEADER), "");
    var secret = config.get().internalSecret().orElseThrow().getBytes(StandardCharsets.UTF_8);
    if (!MessageDigest.isEqual(secret, given.getBytes(StandardCharsets.UTF_8))) {
      request.abortWith(
          Response.status(ErrorCode.NOT_FOUND.httpStatus())
              .type(Problem.MEDIA_TYPE)
              .entity(
                  Problem.of(ErrorCode.NOT_FOUND, "There is nothing at this address").toString())
              .build());
    }
  }
}
