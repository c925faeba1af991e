package dev.parley.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// docs/configuration.md lists each setting of each service as its `@ConfigMapping` declares it.
/// Run with `-Dparley.docs=write` to write it anew.
class ConfigurationDocsTest {

  private static final Path ROOT = Path.of(System.getProperty("parley.root", ".."));
  private static final Path PAGE = ROOT.resolve("docs/configuration.md");
  private static final Map<String, List<String>> MAPPINGS = mappings();
  private static final Pattern SETTING =
      Pattern.compile("  +(Optional<List<String>>|[\\w<>]+|Map<String, String>) (\\w+)\\(\\);");
  private static final Pattern DEFAULT = Pattern.compile(" +@WithDefault\\(\"(.*)\"\\)");
  private static final Pattern PREFIX = Pattern.compile("@ConfigMapping\\(prefix = \"(.+)\"\\)");
  private static final Pattern GROUP = Pattern.compile("( *)(?:public )?interface (\\w+) \\{");

  private record Setting(String type, String name, String fallback, String says) {}

  @Test
  void thePageListsEachSettingAsItIsDeclared() throws IOException {
    var page = page();
    if ("write".equals(System.getProperty("parley.docs"))) {
      Files.writeString(PAGE, page);
    }
    assertThat(Files.readString(PAGE))
        .as("docs/configuration.md; mvn -pl helm test -Dparley.docs=write writes it anew")
        .isEqualTo(page);
    assertThat(page.lines().filter(line -> line.startsWith("| `parley.")).count())
        .as("settings found")
        .isGreaterThan(150);
  }

  private static String page() throws IOException {
    var page = new StringBuilder();
    page.append("# Configuration\n\n");
    page.append(
        "Every setting of Parley's services. As an environment variable a key is written in");
    page.append(" capitals, with `_` for `.` and `-`:\n`parley.edge.drain-wait` is");
    page.append(" `PARLEY_EDGE_DRAIN_WAIT`. Durations are written `500ms`, `5s`, `24h`.\n");
    page.append("This page is compared with the code by a test.\n");
    for (var mapping : MAPPINGS.entrySet()) {
      page.append("\n## ").append(mapping.getKey()).append("\n\n");
      page.append("| key | default | |\n|---|---|---|\n");
      for (var source : mapping.getValue()) {
        var lines = Files.readAllLines(ROOT.resolve(source));
        rows(page, prefix(lines), "", groups(lines));
      }
    }
    return page.toString();
  }

  private static String prefix(List<String> lines) {
    return lines.stream()
        .map(PREFIX::matcher)
        .filter(Matcher::matches)
        .map(found -> found.group(1))
        .findFirst()
        .orElseThrow();
  }

  private static void rows(
      StringBuilder page, String prefix, String group, Map<String, List<Setting>> groups) {
    for (var setting : groups.getOrDefault(group, List.of())) {
      var key = prefix + "." + kebab(setting.name());
      if (groups.containsKey(setting.type())) {
        rows(page, key, setting.type(), groups);
      } else {
        page.append("| `%s` | %s | %s |%n".formatted(key, setting.fallback(), setting.says()));
      }
    }
  }

  /// Settings by the interface that declares them; those of the mapping itself under the empty
  /// name.
  private static Map<String, List<Setting>> groups(List<String> lines) {
    var groups = new LinkedHashMap<String, List<Setting>>();
    var group = "";
    var says = new ArrayList<String>();
    var fallback = "";
    for (var line : lines) {
      var opens = GROUP.matcher(line);
      var declares = SETTING.matcher(line);
      var defaults = DEFAULT.matcher(line);
      if (opens.matches()) {
        group = opens.group(1).isEmpty() ? "" : opens.group(2);
        says.clear();
      } else if (line.equals("  }")) {
        group = "";
      } else if (line.strip().startsWith("///")) {
        says.add(line.strip().substring(3).strip().replace("|", "\\|"));
      } else if (defaults.matches()) {
        fallback = "`" + defaults.group(1) + "`";
      } else if (declares.matches()) {
        groups
            .computeIfAbsent(group, _ -> new ArrayList<>())
            .add(
                new Setting(
                    declares.group(1), declares.group(2), fallback, String.join(" ", says)));
        says.clear();
        fallback = "";
      }
    }
    return groups;
  }

  private static String kebab(String name) {
    return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  private static Map<String, List<String>> mappings() {
    var mappings = new LinkedHashMap<String, List<String>>();
    mappings.put(
        "every service",
        Stream.of(
                "rates/RatesConfig",
                "origins/OriginsConfig",
                "tokens/TokensConfig",
                "tls/TlsConfig",
                "filter/FilterConfig")
            .flatMap(type -> source("door", type).stream())
            .toList());
    mappings.put("ws-edge", source("ws-edge", "edge/EdgeConfig"));
    mappings.put("command-service", source("command-service", "command/CommandServiceConfig"));
    mappings.put(
        "projection-service", source("projection-service", "projection/config/ProjectionConfig"));
    mappings.put("search-service", source("search-service", "search/SearchConfig"));
    mappings.put("identity-service", source("identity-service", "identity/IdentityConfig"));
    return mappings;
  }

  private static List<String> source(String module, String type) {
    return List.of(module + "/src/main/java/dev/parley/" + type + ".java");
  }
}
