package dev.parley.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.schemas.Samples;
import dev.parley.schemas.content.Body;
import dev.parley.schemas.content.Content;
import dev.parley.schemas.content.ContentKey;
import dev.parley.schemas.content.ContentReader;
import dev.parley.schemas.content.ContentSeal;
import dev.parley.schemas.content.KeyLookup;
import dev.parley.schemas.content.Place;
import dev.parley.schemas.conversation.Everyone;
import dev.parley.schemas.conversation.Forwarded;
import dev.parley.schemas.event.EventData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventJsonTest {

  private static final ContentKey KEY = ContentKey.random();
  private static final Body BODY =
      ContentSeal.seal(
          new Content("hi", List.of(Samples.BOB)),
          KEY,
          new Place(Samples.CONVERSATION, Samples.MESSAGE, Samples.ADA));

  @Test
  void aMessageIsToldWithItsTextOpened() {
    var sent = Samples.event(new EventData.MessageSent(Samples.MESSAGE, BODY, null, null, false));
    var json = EventJson.toJson(sent, new ContentReader(user -> new KeyLookup.Known(KEY)));
    assertThat(json.toString())
        .isEqualTo(
            """
            {"conversation":"%s","seq":7,"ordinal":4,"type":"message.sent","id":"%s",\
            "at":"2025-10-09T08:53:20.123Z","actor":"%s",\
            "data":{"text":"hi","mentions":["%s"]},"trace":"00-trace-01"}\
            """
                .formatted(Samples.CONVERSATION, Samples.MESSAGE, Samples.ADA, Samples.BOB));
  }

  @Test
  void ofAnErasedAuthorNothingIsTold() {
    var sent = Samples.event(new EventData.MessageSent(Samples.MESSAGE, BODY, null, null, false));
    var json = EventJson.toJson(sent, new ContentReader(user -> new KeyLookup.Erased()));
    assertThat(json.at("/data").toString()).isEqualTo("{\"text\":\"\",\"erased\":true}");
  }

  /// The forwarder lives, but the words were somebody else's.
  @Test
  void ofACopyNothingIsToldOnceItsFirstAuthorIsErased() {
    var from = new Forwarded(Samples.CONVERSATION, Samples.MESSAGE, Samples.BOB);
    var sent =
        Samples.event(
            new EventData.MessageSent(
                Samples.MESSAGE, BODY, null, null, false, Everyone.NONE, 0, from));
    var reader =
        new ContentReader(
            user -> user.equals(Samples.BOB) ? new KeyLookup.Erased() : new KeyLookup.Known(KEY));
    var data = EventJson.toJson(sent, reader).path("data");
    assertThat(data.path("text").asText()).isEmpty();
    assertThat(data.path("erased").asBoolean()).isTrue();
  }

  @Test
  void aKeyThatHasNotArrivedIsToldApart() {
    var sent = Samples.event(new EventData.MessageSent(Samples.MESSAGE, BODY, null, null, false));
    assertThatThrownBy(
            () -> EventJson.toJson(sent, new ContentReader(user -> new KeyLookup.Unknown())))
        .isInstanceOf(KeyMissingException.class);
  }

  static Set<String> names() {
    return Samples.events().keySet();
  }

  /// What clients were written against: a field may be added, none may go or change its form.
  @ParameterizedTest
  @MethodSource("names")
  void everyEventIsToldAsItEverWas(String name) throws IOException {
    var told = EventJson.toJson(Samples.event(name), Samples.ERASED);
    assertThat(told.path("data").toString()).isEqualTo(golden("event-json-v1-" + name));
  }

  private static String golden(String name) throws IOException {
    try (var file = EventJsonTest.class.getResourceAsStream("/golden/" + name + ".json")) {
      return new String(Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8)
          .strip();
    }
  }
}
