package dev.parley.projection.http;

import dev.parley.projection.config.ProjectionConfig;
import dev.parley.schemas.error.ErrorCode;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/// Compares the secret in constant time, so that it cannot be found out byte by byte.
@Internal
@Provider
public class InternalGuard implements ContainerRequestFilter {

  static final String HEADER = "Parley-Internal";

  private final Optional<byte[]> secret;

  public InternalGuard(ProjectionConfig config) {
    this.secret = config.internalSecret().map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void filter(ContainerRequestContext request) {
    var shown = request.getHeaderString(HEADER);
    boolean known =
        shown != null
            && secret
                .map(held -> MessageDigest.isEqual(held, shown.getBytes(StandardCharsets.UTF_8)))
                .orElse(false);
    if (!known) {
      throw new Refusal(ErrorCode.NOT_FOUND, "There is nothing here");
    }
  }
}
