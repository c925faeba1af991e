package dev.parley.command.topology;

import java.nio.ByteBuffer;
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
