package dev.parley.identity.problem;

import dev.parley.identity.IdentityConfig;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/// How many of something one page holds.
@ApplicationScoped
public class Paging {

  /// What was asked for is no size.
  public static final int NONE = -1;

  private final int standard;
  private final int max;

  Paging(IdentityConfig config) {
    this.standard = config.identity().admin().pageSize();
    this.max = config.identity().admin().pageMax();
  }

  /// The size for this `limit`: the standard if it is absent, the largest if it is larger, [#NONE]
  /// if it is no number from 1.
  public int size(@Nullable String limit) {
    if (limit == null) {
      return standard;
    }
    return limit.matches("[1-9][0-9]{0,5}") ? Math.min(Integer.parseInt(limit), max) : NONE;
  }
}
