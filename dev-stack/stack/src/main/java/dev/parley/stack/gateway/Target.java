package dev.parley.stack.gateway;

import java.util.List;

/// Who answers a request. The rule, here and nowhere else:
///
/// | path | method | target |
/// |---|---|---|
/// | `/ws` | any | an edge |
/// | `/api/auth/**`, `/api/users**`, `/api/admin/**`, `/.well-known/**` | any | identity |
/// | `/api/conversations**` | GET, HEAD | projection |
/// | `/api/conversations**` | others | command |
/// | `/api/search/**` | any | search |
/// | `/internal/**`, `/q/**`, other `/api/**` | any | nobody |
/// | others | GET, HEAD | the page |
enum Target {
  EDGE,
  IDENTITY,
  PROJECTION,
  COMMAND,
  SEARCH,
  PAGE,
  NOBODY;

  private static final List<String> IDENTITY_ROOTS =
      List.of("/api/auth", "/api/users", "/api/admin", "/.well-known");

  /// @param path decoded and without dot segments
  static Target of(String method, String path) {
    boolean reads = method.equals("GET") || method.equals("HEAD");
    if (path.equals("/ws")) {
      return EDGE;
    }
    if (IDENTITY_ROOTS.stream().anyMatch(root -> below(path, root))) {
      return IDENTITY;
    }
    if (below(path, "/api/conversations")) {
      return reads ? PROJECTION : COMMAND;
    }
    if (below(path, "/api/search")) {
      return SEARCH;
    }
    if (below(path, "/internal") || below(path, "/q") || below(path, "/api")) {
      return NOBODY;
    }
    return reads ? PAGE : NOBODY;
  }

  private static boolean below(String path, String root) {
    return path.equals(root) || path.startsWith(root + "/");
  }
}
