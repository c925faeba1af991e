package dev.parley.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// YAML with its anchors and merges resolved, as trees.
final class Yaml {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Yaml() {}

  /// All documents that hold something; a key that is there twice is an error.
  static List<JsonNode> documents(String text) {
    var options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    options.setMaxAliasesForCollections(200);
    var documents = new ArrayList<JsonNode>();
    new org.yaml.snakeyaml.Yaml(new SafeConstructor(options))
        .loadAll(text)
        .forEach(document -> {
          if (document != null) {
            documents.add(MAPPER.valueToTree(document));
          }
        });
    return documents;
  }

  static JsonNode file(Path file) throws IOException {
    return documents(Files.readString(file)).getFirst();
  }
}
