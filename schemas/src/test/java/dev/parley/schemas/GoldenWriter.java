package dev.parley.schemas;

import dev.parley.schemas.event.EventCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/// Writes the golden records that are missing into a folder; never touches one that exists.
public final class GoldenWriter {

  private GoldenWriter() {}

  public static void main(String[] args) throws IOException {
    for (var sample : Samples.events().entrySet()) {
      var file = Path.of(args[0]).resolve("event-v1-" + sample.getKey() + ".hex");
      if (!Files.exists(file)) {
        var record = EventCodec.chain(sample.getValue()).record();
        Files.writeString(file, HexFormat.of().formatHex(record) + "\n");
      }
    }
  }
}
