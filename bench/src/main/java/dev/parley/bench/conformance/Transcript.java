package dev.parley.bench.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// One transcript: a file of JSON lines, the first of which says what it shows.
///
/// @param name the file's
/// @param about a sentence
record Transcript(String name, String about, List<Step> steps) {

  private static final JsonMapper READER = JsonMapper.builder().build();

  /// @param line in the file, from 1
  record Step(int line, JsonNode json) {

    /// What is done: the step's first field.
    String verb() {
      return json.fieldNames().next();
    }

    JsonNode subject() {
      return json.path(verb());
    }
  }

  /// All transcripts of a folder, by name.
  static List<Transcript> of(Path folder) {
    try (var files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".jsonl"))
          .sorted()
          .map(Transcript::read)
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Transcript read(Path file) {
    try {
      var name = String.valueOf(file.getFileName()).replace(".jsonl", "");
      var lines = Files.readAllLines(file);
      var steps = new ArrayList<Step>();
      for (int i = 1; i < lines.size(); i++) {
        if (!lines.get(i).isBlank()) {
          steps.add(new Step(i + 1, parse(file, i + 1, lines.get(i))));
        }
      }
      return new Transcript(name, parse(file, 1, lines.getFirst()).path("about").asText(), steps);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static JsonNode parse(Path file, int line, String text) {
    try {
      return READER.readTree(text);
    } catch (JsonProcessingException broken) {
      throw new IllegalArgumentException(file + ":" + line + " is no JSON: " + text, broken);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
