package dev.parley.schemas.event;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// The record headers that make an event a CloudEvent 1.0 in Kafka's binary mode, so that a
/// stranger's consumer knows what it reads.
public final class CloudEventHeaders {

  private CloudEventHeaders() {}

  /// Header names and values, in the order in which they are written.
  public static Map<String, String> of(Event event) {
    var headers = new LinkedHashMap<String, String>();
    headers.put("ce_specversion", "1.0");
    headers.put("ce_id", event.conversation() + ":" + event.seq());
    headers.put("ce_source", "/parley/" + event.epoch());
    headers.put("ce_type", "dev.parley." + event.type() + ".v1");
    headers.put("ce_subject", event.conversation().toString());
    headers.put("ce_time", Instant.ofEpochMilli(event.atMillis()).toString());
    headers.put("ce_sequence", Long.toString(event.seq()));
    headers.put("content-type", "application/protobuf");
    if (!event.traceparent().isEmpty()) {
      headers.put("traceparent", event.traceparent());
    }
    return headers;
  }
}
