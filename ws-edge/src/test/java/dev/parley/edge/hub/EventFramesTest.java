package dev.parley.edge.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import dev.parley.schemas.content.Content;
import dev.parley.schemas.content.ContentKey;
import dev.parley.schemas.content.ContentReader;
import dev.parley.schemas.content.ContentSeal;
import dev.parley.schemas.content.KeyLookup;
import dev.parley.schemas.content.Place;
import dev.parley.schemas.conversation.Everyone;
import dev.parley.schemas.conversation.Forwarded;
import dev.parley.schemas.event.ChainedEvent;
import dev.parley.schemas.event.Event;
import dev.parley.schemas.event.EventCodec;
import dev.parley.schemas.event.EventData;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.wire.Json;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EventFramesTest {

  private final UUID ada = Ids.uuid7();
  private final UUID bob = Ids.uuid7();
  private final UUID group = Ids.uuid7();
  private final ContentKey key = ContentKey.random();
  private final Map<UUID, KeyLookup> keys = new HashMap<>();
  private final EventFrames frames = frames(1_000_000);

  @Test
  void whatAnErasedPersonWroteIsGivenFromMemoryNoMore() throws IOException {
    var message = message(1, bob, null);
    assertThat(text(message)).isEqualTo("words");

    keys.put(bob, new KeyLookup.Erased());
    assertThat(text(message)).as("kept, until it is forgotten").isEqualTo("words");
    frames.forget(bob);

    assertThat(data(message).path("erased").asBoolean()).isTrue();
    assertThat(text(message)).isEmpty();
  }

  @Test
  void whatOthersForwardedOfAnErasedPersonGoesAsWell() throws IOException {
    var copy = message(1, ada, new Forwarded(Ids.uuid7(), Ids.uuid7(), bob));
    assertThat(text(copy)).isEqualTo("words");

    keys.put(bob, new KeyLookup.Erased());
    frames.forget(bob);

    assertThat(text(copy)).isEmpty();
  }

  @Test
  void whatOthersWroteStays() throws IOException {
    var kept = frames.of(message(1, ada, null));
    frames.of(message(2, bob, null));
    frames.forget(bob);
    assertThat(frames.of(message(1, ada, null))).isSameAs(kept);
  }

  @Test
  void whatIsForgottenMakesRoom() throws IOException {
    var length = frames.of(message(1, ada, null)).bytes().length;
    var small = frames(length * 2L + length / 2);
    var kept = small.of(message(1, ada, null));
    small.of(message(2, bob, null));
    small.forget(bob);
    small.of(message(3, ada, null));
    assertThat(small.of(message(1, ada, null))).isSameAs(kept);
  }

  private EventFrames frames(long bytesMax) {
    keys.putIfAbsent(ada, new KeyLookup.Known(key));
    keys.putIfAbsent(bob, new KeyLookup.Known(key));
    return new EventFrames(
        new ContentReader(user -> keys.getOrDefault(user, new KeyLookup.Unknown())), bytesMax);
  }

  private String text(ChainedEvent event) throws IOException {
    return data(event).path("text").asText();
  }

  private JsonNode data(ChainedEvent event) throws IOException {
    return Json.MAPPER.readTree(frames.of(event).bytes()).path("d").path("data");
  }

  private ChainedEvent message(long seq, UUID author, @Nullable Forwarded forwarded) {
    var id = Ids.uuid7();
    var body = ContentSeal.seal(new Content("words", List.of()), key, new Place(group, id, author));
    var sent = new EventData.MessageSent(id, body, null, null, false, Everyone.NONE, 0, forwarded);
    return EventCodec.chain(
        new Event(group, seq, seq, 1, author, id, "e1", ByteString.EMPTY, "", sent));
  }
}
