package dev.parley.schemas.content;

import dev.parley.schemas.proto.CustomEntry;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The product's own data as protobuf: a sorted list, since a protobuf map has no fixed order and
/// events are hashed by their bytes.
public final class CustomCodec {

  private CustomCodec() {}

  public static List<CustomEntry> toProto(Map<String, String> custom) {
    return new TreeMap<>(custom)
        .entrySet().stream()
            .map(entry ->
                CustomEntry.newBuilder().setName(entry.getKey()).setValue(entry.getValue()).build())
            .toList();
  }

  public static Map<String, String> fromProto(List<CustomEntry> entries) {
    var custom = new TreeMap<String, String>();
    entries.forEach(entry -> custom.put(entry.getName(), entry.getValue()));
    return custom;
  }
}
