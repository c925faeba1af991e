package dev.parley.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Whatever docs/SECURITY.md names as an answer exists.
class SecurityDocsTest {

  private static final Path ROOT = Path.of(System.getProperty("parley.root", ".."));
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final Pattern ROW =
      Pattern.compile(
          "\\| (V(\\d+)\\.\\d+\\.\\d+) \\| ([12]) \\| .+ \\| "
              + "(met|partly|not met|does not apply) \\| (.+) \\|");
  private static final Set<String> BUILT =
      Set.of("target", "node_modules", "dist", ".git", ".parley");

  @Test
  void everyTestClassThatIsNamedExists() throws IOException {
    var there = files(".java").map(SecurityDocsTest::baseName).collect(Collectors.toSet());

    assertThat(named(name -> name.matches("[A-Z]\\w+(Test|IT)"))).isNotEmpty().isSubsetOf(there);
  }

  @Test
  void everySettingThatIsNamedExists() throws IOException {
    var known = new HashSet<String>();
    for (var mapping : files("Config.java").toList()) {
      settings(Files.readString(mapping), known);
    }

    var missing = new ArrayList<String>();
    for (var setting : named(name -> name.startsWith("parley."))) {
      if (!setting.matches("parley\\.(users|sessions|events|commands|marks|rejections)")
          && !known.containsAll(List.of(setting.substring("parley.".length()).split("\\.", -1)))) {
        missing.add(setting);
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void everyValueOfTheChartThatIsNamedExists() throws IOException {
    JsonNode values = Yaml.file(ROOT.resolve("helm/parley/values.yaml"));

    for (var value : List.of("networkPolicy.enabled", "ingress.tlsSecret")) {
      assertThat(named(value::equals)).hasSize(1);
      assertThat(values.at("/" + value.replace('.', '/')).isMissingNode()).as(value).isFalse();
    }
  }

  @Test
  void everyFileThatIsNamedExists() throws IOException {
    var paths = named(name -> name.matches("[\\w-]+/[\\w./-]+\\.\\w+"));

    assertThat(paths).isNotEmpty().allMatch(path -> Files.exists(ROOT.resolve(path)));
  }

  @Test
  void everyChapterIsThereInOrderAndTheSumsAreRight() throws IOException {
    var page = Files.readString(ROOT.resolve("docs/SECURITY.md"));
    var rows = ROW.matcher(page).results().toList();
    var ids = rows.stream().map(row -> row.group(1)).toList();

    assertThat(ids).doesNotHaveDuplicates().hasSize(253);
    assertThat(rows.stream().map(row -> Integer.parseInt(row.group(2))).distinct())
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 17).boxed().toList());
    for (var how : List.of("met", "partly", "not met")) {
      long count = rows.stream().filter(row -> row.group(4).equals(how)).count();
      assertThat(page.replace('\n', ' ')).contains(count + " " + how);
    }
    assertThat(page.lines().filter(line -> line.startsWith("| V")).count()).isEqualTo(ids.size());
  }

  private static Set<String> named(java.util.function.Predicate<String> which) throws IOException {
    return CODE.matcher(Files.readString(ROOT.resolve("docs/SECURITY.md")))
        .results()
        .map(found -> found.group(1))
        .filter(which)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// Each part of a setting's name is a method of some mapping, or of its prefix.
  private static void settings(String source, Set<String> known) {
    Pattern.compile("(\\w+)\\(\\);")
        .matcher(source)
        .results()
        .forEach(method -> known.add(kebab(method.group(1))));
    Pattern.compile("prefix = \"([^\"]+)\"")
        .matcher(source)
        .results()
        .forEach(prefix -> known.addAll(List.of(prefix.group(1).split("\\.", -1))));
  }

  private static String kebab(String name) {
    return name.replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
  }

  private static String baseName(Path file) {
    return file.getFileName().toString().replace(".java", "");
  }

  private static Stream<Path> files(String suffix) throws IOException {
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        ROOT,
        new java.nio.file.SimpleFileVisitor<>() {
          @Override
          public java.nio.file.FileVisitResult preVisitDirectory(
              Path folder, java.nio.file.attribute.BasicFileAttributes attributes) {
            return BUILT.contains(String.valueOf(folder.getFileName()))
                ? java.nio.file.FileVisitResult.SKIP_SUBTREE
                : java.nio.file.FileVisitResult.CONTINUE;
          }

          @Override
          public java.nio.file.FileVisitResult visitFile(
              Path file, java.nio.file.attribute.BasicFileAttributes attributes) {
            if (file.toString().endsWith(suffix)) {
              found.add(file);
            }
            return java.nio.file.FileVisitResult.CONTINUE;
          }
        });
    return found.stream();
  }
}
