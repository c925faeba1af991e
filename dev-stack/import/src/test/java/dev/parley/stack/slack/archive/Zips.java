package dev.parley.stack.slack.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Small archives, made for one test each.
public final class Zips {

  public static final String USERS =
      """
      [{"id":"U1","team_id":"T1","name":"Ada","profile":{"display_name":"Ada L.","real_name":"Ada Lovelace"}},
       {"id":"U2","team_id":"T1","name":"bob","profile":{"display_name":"","real_name":"Bob"}}]
      """;
  public static final String CHANNELS =
      """
      [{"id":"C1","name":"general","created":1600000000,"creator":"U2","members":["U1","U2"],
        "topic":{"value":"All of it"}}]
      """;

  private final Map<String, byte[]> files = new LinkedHashMap<>();

  /// With two people and the channel `general`.
  public static Zips export() {
    return new Zips().with("users.json", USERS).with("channels.json", CHANNELS);
  }

  public static Zips empty() {
    return new Zips();
  }

  public Zips with(String name, String content) {
    return with(name, content.getBytes(StandardCharsets.UTF_8));
  }

  public Zips with(String name, byte[] content) {
    files.put(name, content);
    return this;
  }

  public byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue());
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  public Path write(Path folder) {
    return write(folder, bytes());
  }

  public static Path write(Path folder, byte[] bytes) {
    try {
      return Files.write(folder.resolve("export.zip"), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
