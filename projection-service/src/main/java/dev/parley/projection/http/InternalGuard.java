package dev.parley.projection.http;

import dev.parley.projection.config.ProjectionConfig;
import dev.parley.schemas.error.ErrorCode;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// Compares the secret in constant time, so that it cannot be found out byte by byte.
@Internal
@Provider
public class InternalGuard implements ContainerRequestFilter {

  static final String HEADER = "Parley-Internal";

  // Filters are made before the configuration of the run is there: asked at each request.
  private final Instance<ProjectionConfig> config;

  public InternalGuard(Instance<ProjectionConfig> config) {
    this.config = config;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    var shown = request.getHeaderString(HEADER);
    boolean known =
        shown != null && config.get().internalSecret().map(held -> same(held, shown)).orElse(false);
    if (!known) {
      throw new Refusal(ErrorCode.NOT_FOUND, "There is nothing here");
    }
  }

  private static boolean same(String held, String shown) {
    return MessageDigest.isEqual(
        held.getBytes(StandardCharsets.UTF_8), shown.getBytes(StandardCharsets.UTF_8));
  }
}
