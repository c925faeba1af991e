package dev.parley.schemas;

import dev.parley.schemas.event.EventCodec;
import dev.parley.schemas.wire.EventJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/// Writes the golden records that are missing into a folder; never touches one that exists.
public final class GoldenWriter {

  private GoldenWriter() {}

  public static void main(String[] args) throws IOException {
    for (var sample : Samples.events().entrySet()) {
      var record = EventCodec.chain(sample.getValue()).record();
      write(args[0], "event-v1-" + sample.getKey() + ".hex", HexFormat.of().formatHex(record));
      var data = EventJson.toJson(sample.getValue(), Samples.ERASED).path("data");
      write(args[0], "event-json-v1-" + sample.getKey() + ".json", data.toString());
    }
  }

  private static void write(String folder, String name, String text) throws IOException {
    var file = Path.of(folder).resolve(name);
    if (!Files.exists(file)) {
      Files.writeString(file, text + "\n");
    }
  }
}
