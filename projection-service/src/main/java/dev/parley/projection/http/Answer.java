package dev.parley.projection.http;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestResponse;

/// A read that succeeded. What people wrote is for them: nothing on the way may keep it.
public final class Answer {

  static final String POSITION_HEADER = "Parley-Position";

  private Answer() {}

  public static RestResponse<String> of(JsonNode json) {
    return builder(json).build();
  }

  /// @param position how far the view was: `<conversation>:<seq>`
  public static RestResponse<String> at(String position, JsonNode json) {
    return builder(json).header(POSITION_HEADER, position).build();
  }

  private static RestResponse.ResponseBuilder<String> builder(JsonNode json) {
    return RestResponse.ResponseBuilder.ok(json.toString(), MediaType.APPLICATION_JSON_TYPE)
        .header(HttpHeaders.CACHE_CONTROL, "no-store");
  }
}
