package dev.parley.command.door;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.wire.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/// The JSON body of a request, read up to a limit and no further.
sealed interface RequestBody {

  record Read(ObjectNode d) implements RequestBody {}

  record Unfit(Answer.Refused refused) implements RequestBody {}

  /// An empty body reads as an object without fields.
  static RequestBody read(InputStream body, int bytesMax) {
    byte[] bytes;
    try {
      bytes = body.readNBytes(bytesMax + 1);
    } catch (IOException broken) {
      throw new UncheckedIOException("The request ended early", broken);
    }
    if (bytes.length > bytesMax) {
      return unfit(ErrorCode.TOO_LARGE, "A body may have " + bytesMax + " bytes at most.");
    }
    if (bytes.length == 0) {
      return new Read(Json.MAPPER.createObjectNode());
    }
    return parse(bytes);
  }

  private static RequestBody parse(byte[] bytes) {
    try {
      JsonNode d = Json.MAPPER.readTree(bytes);
      return d instanceof ObjectNode object
          ? new Read(object)
          : unfit(ErrorCode.MALFORMED, "Expected a JSON object as body.");
    } catch (JsonProcessingException broken) {
      return unfit(
          ErrorCode.MALFORMED, "The body is no valid JSON: " + broken.getOriginalMessage());
    } catch (IOException broken) {
      throw new UncheckedIOException("Bytes in memory are always readable", broken);
    }
  }

  private static Unfit unfit(ErrorCode code, String detail) {
    return new Unfit(new Answer.Refused(code, detail));
  }
}
