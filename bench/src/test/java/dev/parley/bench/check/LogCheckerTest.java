package dev.parley.bench.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.parley.log.testkit.InMemoryLog;
import dev.parley.schemas.content.Body;
import dev.parley.schemas.content.Content;
import dev.parley.schemas.event.ChainedEvent;
import dev.parley.schemas.event.Event;
import dev.parley.schemas.event.EventCodec;
import dev.parley.schemas.event.EventData;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.topic.Topics;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LogCheckerTest {

  private static final UUID ROOM = Ids.uuid7();

  private final InMemoryLog log = new InMemoryLog(2);
  private final LogChecker checker = new LogChecker();

  @Test
  void aWholeLogHasNoFaults() {
    var first = append(1, Ids.uuid7(), ByteString.EMPTY);
    append(2, Ids.uuid7(), first.hash());

    assertThat(faults()).isEmpty();
    assertThat(checker.events()).isEqualTo(2);
  }

  @Test
  void aHoleInTheSeqIsFound() {
    var first = append(1, Ids.uuid7(), ByteString.EMPTY);
    append(3, Ids.uuid7(), first.hash());

    assertThat(faults()).singleElement().asString().contains("expected seq 2, but found 3");
  }

  @Test
  void aMessageThatIsThereTwiceIsFound() {
    var message = Ids.uuid7();
    var first = append(1, message, ByteString.EMPTY);
    append(2, message, first.hash());

    assertThat(faults()).singleElement().asString().contains("is there already");
  }

  @Test
  void aBrokenChainIsFound() {
    append(1, Ids.uuid7(), ByteString.EMPTY);
    append(2, Ids.uuid7(), ByteString.copyFromUtf8("another past"));

    assertThat(faults()).singleElement().asString().contains("chains");
  }

  @Test
  void aChangedRecordIsFound() {
    var event = EventCodec.chain(event(1, Ids.uuid7(), ByteString.EMPTY));
    var bytes = event.record().clone();
    bytes[bytes.length - 1] ^= 1;
    log.append(Topics.EVENTS, ROOM.toString(), bytes, 0, null);

    assertThat(faults()).singleElement().asString().contains("hash is not that of the event");
  }

  private List<String> faults() {
    log.deliver(checker, 1);
    return checker.faults();
  }

  private ChainedEvent append(long seq, UUID message, ByteString before) {
    var event = EventCodec.chain(event(seq, message, before));
    log.append(event);
    return event;
  }

  private static Event event(long seq, UUID message, ByteString before) {
    var body = new Body.Plain(new Content("text", List.of()));
    var data = new EventData.MessageSent(message, body, null, null, false);
    return new Event(ROOM, seq, seq, 0, Ids.uuid7(), message, "e1", before, "", data);
  }
}
