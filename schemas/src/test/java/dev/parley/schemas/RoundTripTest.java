package dev.parley.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.schemas.command.Command;
import dev.parley.schemas.command.CommandCodec;
import dev.parley.schemas.event.EventCodec;
import dev.parley.schemas.event.EventData;
import dev.parley.schemas.personal.PersonalCodec;
import dev.parley.schemas.personal.PersonalSamples;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Whatever the values are, they come back from their bytes.
class RoundTripTest {

  private static final int ROUNDS = 5_000;

  private final long seed = Long.getLong("parley.seed", System.nanoTime());
  private final RandomValues values = new RandomValues(seed);

  @BeforeEach
  void printTheSeed() {
    System.out.println("RoundTripTest -Dparley.seed=" + seed);
  }

  @Test
  void anyCommandComesBackAsItWas() {
    for (int round = 0; round < ROUNDS; round++) {
      var envelope = Samples.envelope(values.of(Command.class));
      assertThat(CommandCodec.decode(CommandCodec.encode(envelope)))
          .as("seed %d, round %d", seed, round)
          .isEqualTo(envelope);
    }
  }

  @Test
  void anyEventComesBackAsItWasAndKeepsItsHash() {
    for (int round = 0; round < ROUNDS; round++) {
      var event = Samples.event(values.of(EventData.class));
      var chained = EventCodec.chain(event);
      assertThat(EventCodec.decode(chained.record()).event())
          .as("seed %d, round %d", seed, round)
          .isEqualTo(event);
      assertThat(EventCodec.chain(EventCodec.decode(chained.record()).event()).record())
          .isEqualTo(chained.record());
    }
  }

  @Test
  void anyPersonalEntryComesBackAsItWas() {
    for (int round = 0; round < ROUNDS; round++) {
      var entry = PersonalSamples.entry(values.personal());
      assertThat(PersonalCodec.decode(PersonalCodec.encode(entry)))
          .as("seed %d, round %d", seed, round)
          .isEqualTo(entry);
    }
  }
}
