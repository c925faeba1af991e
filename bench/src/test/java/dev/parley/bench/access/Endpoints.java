package dev.parley.bench.access;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.DotName;
import org.jboss.jandex.Index;
import org.jboss.jandex.Indexer;

/// Every address of the services, read from their compiled classes: what is not told here does not
/// exist, and what exists cannot be forgotten.
final class Endpoints {

  private static final List<String> SERVICES =
      List.of("command-service", "projection-service", "search-service", "identity-service");
  private static final List<String> VERBS = List.of("GET", "POST", "PUT", "PATCH", "DELETE");
  private static final DotName PATH = DotName.createSimple("jakarta.ws.rs.Path");

  private Endpoints() {}

  /// Such as `PUT /api/conversations/{}/bans/{}`, sorted by path.
  static List<String> of(Path home) {
    var found = new TreeSet<>(java.util.Comparator.comparing(Endpoints::byPath));
    for (var service : SERVICES) {
      var index = index(home.resolve(service).resolve("target/classes"));
      for (var verb : VERBS) {
        index
            .getAnnotations(DotName.createSimple("jakarta.ws.rs." + verb))
            .forEach(method -> found.add(verb + " " + path(method.target())));
      }
    }
    return List.copyOf(found);
  }

  private static String byPath(String endpoint) {
    var parts = endpoint.split(" ", 2);
    return parts[1] + " " + parts[0];
  }

  private static String path(AnnotationTarget method) {
    var root = method.asMethod().declaringClass().declaredAnnotation(PATH);
    var own = method.asMethod().annotation(PATH);
    var joined = ("/" + value(root) + "/" + value(own)).replaceAll("/+", "/");
    return (joined.endsWith("/") ? joined.substring(0, joined.length() - 1) : joined)
        .replaceAll("\\{[^}]*}", "{}");
  }

  private static String value(@org.jspecify.annotations.Nullable AnnotationInstance path) {
    return path == null ? "" : path.value().asString();
  }

  private static Index index(Path classes) {
    var indexer = new Indexer();
    try (Stream<Path> files = Files.walk(classes)) {
      for (var file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
        try (InputStream bytes = Files.newInputStream(file)) {
          indexer.index(bytes);
        }
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException("Build the services first: " + classes, unreadable);
    }
    return indexer.complete();
  }
}
