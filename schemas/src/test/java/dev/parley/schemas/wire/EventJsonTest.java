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
import dev.parley.schemas.event.EventData;
import java.util.List;
import org.junit.jupiter.api.Test;

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

  @Test
  void aKeyThatHasNotArrivedIsToldApart() {
    var sent = Samples.event(new EventData.MessageSent(Samples.MESSAGE, BODY, null, null, false));
    assertThatThrownBy(
            () -> EventJson.toJson(sent, new ContentReader(user -> new KeyLookup.Unknown())))
        .isInstanceOf(KeyMissingException.class);
  }

  @Test
  void everyKindOfEventHasAForm() {
    for (var event : Samples.events().values()) {
      var plain =
          event.data() instanceof EventData.MessageSent sent && sent.body() instanceof Body.Sealed
              ? Samples.event(
                  new EventData.MessageSent(
                      sent.message(),
                      Samples.PLAIN,
                      sent.replyTo(),
                      sent.thread(),
                      sent.imported()))
              : event;
      if (plain.data() instanceof EventData.MessageEdited(var m, var revision, Body.Sealed _)) {
        plain = Samples.event(new EventData.MessageEdited(m, revision, Samples.PLAIN));
      }
      var json = EventJson.toJson(plain, new ContentReader(user -> new KeyLookup.Unknown()));
      assertThat(json.path("type").textValue()).isEqualTo(event.type());
      assertThat(json.path("data").isEmpty()).isFalse();
    }
  }
}
