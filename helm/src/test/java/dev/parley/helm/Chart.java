package dev.parley.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The chart of this project, rendered by Helm itself.
final class Chart {

  static final Path ROOT = Path.of(System.getProperty("parley.root", ".."));
  static final String RELEASE = "talk";

  private Chart() {}

  static LintResult lint() {
    return helm().lint().strict().call();
  }

  /// @param values as after `--set`
  static List<JsonNode> render(Map<String, ?> values) {
    var template =
        helm().template().withName(RELEASE).withNamespace("chat").withKubeVersion("1.33.0");
    values.forEach(template::set);
    return Yaml.documents(template.call());
  }

  private static Helm helm() {
    return new Helm(ROOT.resolve("helm/parley"));
  }
}
