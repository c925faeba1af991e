package dev.parley.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.schemas.Samples;
import dev.parley.schemas.command.CommandCodec;
import dev.parley.schemas.command.CommandEnvelope;
import dev.parley.schemas.command.Origin;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.personal.PersonalCodec;
import dev.parley.schemas.personal.PersonalEntry;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Whatever a client writes is read and storable, or refused with a sentence: never an exception.
class InputFuzzTest {

  private static final int ROUNDS = 20_000;
  private static final EnumSet<ErrorCode> REFUSALS =
      EnumSet.of(ErrorCode.MALFORMED, ErrorCode.INVALID, ErrorCode.TOO_LARGE);

  private final long seed = Long.getLong("parley.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private int read;
  private int refused;

  @Test
  void anyInputIsReadOrRefused() {
    System.out.println("InputFuzzTest -Dparley.seed=" + seed);
    for (int round = 0; round < ROUNDS; round++) {
      var frame = any(List.of(ClientFrame.values()));
      var d = spoilt(AsyncApi.DOCUMENT.message("client." + frame.wireName()));
      try {
        read(frame, d);
      } catch (RuntimeException thrown) {
        throw new AssertionError("seed " + seed + ": " + frame + " " + d, thrown);
      }
    }
    System.out.println("InputFuzzTest read " + read + ", refused " + refused);
    assertThat(read).isGreaterThan(ROUNDS / 20);
    assertThat(refused).isGreaterThan(ROUNDS / 20);
  }

  private void read(ClientFrame frame, JsonNode d) {
    switch (frame.kind()) {
      case COMMAND -> command(CommandInput.read(frame.wireName(), d, Samples.ADA, Limits.DEFAULT));
      case FORWARD -> {
        switch (ForwardInput.read(d, Limits.DEFAULT)) {
          case ForwardInput.Read _ -> read++;
          case ForwardInput.Refused(var code, var detail) -> refused(code, detail);
        }
      }
      case PERSONAL -> personal(PersonalInput.read(frame.wireName(), d, 1, Limits.DEFAULT));
      case SESSION, LIVE -> {}
    }
  }

  private void command(CommandInput input) {
    switch (input) {
      case CommandInput.Read(var conversation, var commandId, var command) -> {
        var envelope =
            new CommandEnvelope(commandId, conversation, Samples.ADA, Origin.NONE, "", command);
        assertThat(CommandCodec.decode(CommandCodec.encode(envelope))).isEqualTo(envelope);
        read++;
      }
      case CommandInput.Refused(var code, var detail) -> refused(code, detail);
    }
  }

  private void personal(PersonalInput input) {
    switch (input) {
      case PersonalInput.Read(var conversation, var values) -> {
        for (var value : values) {
          var entry = new PersonalEntry(conversation, Samples.ADA, 1, false, value);
          assertThat(PersonalCodec.decode(PersonalCodec.encode(entry))).isEqualTo(entry);
        }
        read++;
      }
      case PersonalInput.Refused(var code, var detail) -> refused(code, detail);
    }
  }

  private void refused(ErrorCode code, String detail) {
    assertThat(code).isIn(REFUSALS);
    assertThat(detail).endsWith(".").hasSizeLessThan(300);
    refused++;
  }

  /// The example of a frame, with some of its fields taken away or replaced.
  private JsonNode spoilt(JsonNode message) {
    var example = message.at("/examples/0/payload/d");
    if (random.nextInt(50) == 0) {
      return junk(0);
    }
    var d = (ObjectNode) example.deepCopy();
    for (var field : List.copyOf(AsyncApi.names(example))) {
      switch (random.nextInt(12)) {
        case 0 -> d.remove(field);
        case 1 -> d.set(field, junk(0));
        case 2 -> d.set(any(List.copyOf(AsyncApi.names(example))), d.path(field).deepCopy());
        default -> {}
      }
    }
    return d.set("unknown", junk(0));
  }

  private JsonNode junk(int depth) {
    var nodes = Json.MAPPER.getNodeFactory();
    return switch (random.nextInt(depth < 8 ? 12 : 10)) {
      case 0 -> nodes.nullNode();
      case 1 -> nodes.booleanNode(random.nextBoolean());
      case 2 -> nodes.numberNode(random.nextLong());
      case 3 -> nodes.numberNode(random.nextDouble() * 1e300);
      case 4 -> nodes.textNode("");
      case 5 -> nodes.textNode("\0\ud800");
      case 6 -> nodes.textNode("x".repeat(random.nextInt(30_000)));
      case 7 -> nodes.textNode(Samples.BOB.toString());
      case 8 -> nodes.textNode(Samples.BOB.toString().toUpperCase(java.util.Locale.ROOT));
      case 9 -> nodes.numberNode(-1);
      case 10 -> {
        var list = nodes.arrayNode();
        for (int left = random.nextInt(4); left > 0; left--) {
          list.add(junk(depth + 1));
        }
        yield list;
      }
      default -> {
        var object = nodes.objectNode();
        for (int left = random.nextInt(4); left > 0; left--) {
          object.set(any(List.of("name", "url", "conversation", "x")), junk(depth + 1));
        }
        yield object;
      }
    };
  }

  private <T> T any(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }
}
