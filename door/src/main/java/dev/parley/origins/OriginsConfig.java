package dev.parley.origins;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Optional;

/// Which pages of other origins may use this deployment.
@ConfigMapping(prefix = "parley.door")
public interface OriginsConfig {

  /// Origins of pages (`https://chat.example`, comma separated) that may ask with a person's
  /// cookies or tokens, beside those of the own host. Of others, browsers do not show the answers
  /// (CORS), a cookie is refused, and no socket is opened with one. Empty: the own host alone.
  Optional<List<String>> origins();
}
