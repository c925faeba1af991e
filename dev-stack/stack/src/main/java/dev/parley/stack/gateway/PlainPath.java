package dev.parley.stack.gateway;

import java.util.Locale;

/// Whether every server reads a path in the same way. `/api/x/..%2f../internal` is `/internal` to
/// some of them, so whatever could be read twice is refused before it is routed.
final class PlainPath {

  private PlainPath() {}

  static boolean isPlain(String path) {
    if (!path.startsWith("/") || path.contains("//")) {
      return false;
    }
    String lower = path.toLowerCase(Locale.ROOT);
    if (lower.contains("%2f") || lower.contains("%5c") || lower.contains("%2e")) {
      return false;
    }
    if (path.indexOf('\\') >= 0 || path.indexOf(';') >= 0) {
      return false;
    }
    return !(path + "/").contains("/../") && !(path + "/").contains("/./");
  }
}
