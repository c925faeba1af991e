package dev.parley.command.topology;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/// An output record as it can be compared: all that the decider decides of it.
record Output(String key, String value, long timestampMillis, List<String> headers) {

  static Output of(String key, byte[] value, long timestampMillis, Headers headers) {
    List<String> texts = new ArrayList<>();
    for (Header header : headers) {
      texts.add(header.key() + "=" + new String(header.value(), StandardCharsets.UTF_8));
    }
    return new Output(key, HexFormat.of().formatHex(value), timestampMillis, texts);
  }
}
