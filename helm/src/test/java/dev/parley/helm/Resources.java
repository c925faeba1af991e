package dev.parley.helm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The REST surface as the sources of the services declare it.
final class Resources {

  private static final Pattern CLASS =
      Pattern.compile("@Path\\(\"([^\"]*)\"\\)[^;{]*?\\b(?:class|interface) \\w+");
  private static final Pattern METHOD =
      Pattern.compile("(?m)^  @(GET|POST|PUT|PATCH|DELETE|HEAD)\\b(.*?)\\{$", Pattern.DOTALL);
  private static final Pattern PATH = Pattern.compile("@Path\\(\"([^\"]*)\"\\)");
  private static final Pattern QUERY =
      Pattern.compile("@RestQuery(?:\\(\"([^\"]+)\"\\))?\\s+(?:@Nullable\\s+)?[\\w<>.]+\\s+(\\w+)");

  private Resources() {}

  /// Of each call, such as `get /api/users/{}`, the names of its query parameters.
  static Map<String, Set<String>> calls(Path root) throws IOException {
    var calls = new TreeMap<String, Set<String>>();
    for (var file : sources(root)) {
      var text = Files.readString(file);
      var declared = CLASS.matcher(text);
      if (declared.find()) {
        var methods = METHOD.matcher(text).region(declared.end(), text.length());
        while (methods.find()) {
          // A path may stand before the verb as well.
          var head = annotationsBefore(text, methods.start()) + methods.group();
          calls
              .computeIfAbsent(
                  methods.group(1).toLowerCase(Locale.ROOT)
                      + " "
                      + normal(declared.group(1), path(head)),
                  _ -> new TreeSet<>())
              .addAll(queries(head));
        }
      }
    }
    return calls;
  }

  /// Names of placeholders are each service's own.
  static String normal(String... parts) {
    var path = new StringBuilder();
    for (var part : parts) {
      path.append('/').append(part);
    }
    return path.toString()
        .replaceAll("\\{[^}]*}", "{}")
        .replaceAll("/+", "/")
        .replaceAll("(?<=.)/$", "");
  }

  private static List<Path> sources(Path root) throws IOException {
    var sources = new ArrayList<Path>();
    for (var module : listed(root)) {
      var folder = module.resolve("src/main/java");
      if (Files.isDirectory(folder)) {
        try (Stream<Path> files = Files.walk(folder)) {
          files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
        }
      }
    }
    return sources;
  }

  private static List<Path> listed(Path root) throws IOException {
    try (Stream<Path> modules = Files.list(root)) {
      return modules.toList();
    }
  }

  private static String annotationsBefore(String text, int at) {
    return text.substring(text.lastIndexOf("\n\n", at) + 1, at);
  }

  private static String path(String head) {
    var path = PATH.matcher(head);
    return path.find() ? path.group(1) : "";
  }

  private static Set<String> queries(String head) {
    var names = new TreeSet<String>();
    var query = QUERY.matcher(head);
    while (query.find()) {
      names.add(query.group(1) == null ? query.group(2) : query.group(1));
    }
    return names;
  }
}
