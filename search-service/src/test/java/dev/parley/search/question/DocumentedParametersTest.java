package dev.parley.search.question;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// docs/openapi.yaml names the parameters that there are.
class DocumentedParametersTest {

  private static final Path PAGE =
      Path.of(System.getProperty("parley.root", ".."), "docs/openapi.yaml");
  private static final Pattern NAME = Pattern.compile("- \\{?name: (\\w+)");
  private static final Set<String> OTHERS = Set.of("q", "limit", "cursor");

  @Test
  void eachFilterIsDocumentedAndNothingElse() throws IOException {
    var page = Files.readString(PAGE);
    var search = page.substring(page.indexOf("  /api/search/messages:"));
    var parameters = search.substring(0, search.indexOf("responses:"));
    var names =
        NAME.matcher(parameters)
            .results()
            .map(match -> match.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(names).containsAll(OTHERS);
    names.removeAll(OTHERS);

    assertThat(names).allSatisfy(name -> assertThat(Filter.named(name)).as(name).isNotNull());
    assertThat(names.stream().map(Filter::named).toList())
        .containsExactlyInAnyOrderElementsOf(Arrays.asList(Filter.values()));
  }
}
