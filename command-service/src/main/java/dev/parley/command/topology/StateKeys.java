package dev.parley.command.topology;

import dev.parley.command.decider.Fact;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.common.utils.Bytes;

/// Keys of the decider's store; the package's page has the table.
record StateKeys(UUID conversation) {

  private static final int ID_BYTES = 16;

  Bytes head() {
    return Bytes.wrap(start(0, 'c').array());
  }

  Bytes member(UUID user) {
    return of('p', user);
  }

  Bytes message(UUID message) {
    return of('m', message);
  }

  Bytes decided(UUID command) {
    return of('d', command);
  }

  Bytes ban(UUID user) {
    return of('b', user);
  }

  Bytes reactions(UUID message, String emoji) {
    return of('e', List.of(message), emoji);
  }

  Bytes fact(Fact fact) {
    return switch (fact) {
      case Fact.Reaction(var message, var user, var emoji) ->
          of('r', List.of(message, user), emoji);
      case Fact.Listed(var channel) -> of('l', channel);
      case Fact.Scheduled(var message) -> of('s', message);
      case Fact.Released(var message) -> of('x', message);
    };
  }

  private Bytes of(char letter, List<UUID> ids, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer key = start(ids.size() * ID_BYTES + utf8.length, letter);
    for (UUID id : ids) {
      key.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    }
    return Bytes.wrap(key.put(utf8).array());
  }

  private Bytes of(char letter, UUID id) {
    return Bytes.wrap(
        start(ID_BYTES, letter)
            .putLong(id.getMostSignificantBits())
            .putLong(id.getLeastSignificantBits())
            .array());
  }

  private ByteBuffer start(int moreBytes, char letter) {
    return ByteBuffer.allocate(ID_BYTES + 1 + moreBytes)
        .putLong(conversation.getMostSignificantBits())
        .putLong(conversation.getLeastSignificantBits())
        .put((byte) letter);
  }
}
