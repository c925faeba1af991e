package dev.parley.edge.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.edge.hub.Cursor;
import dev.parley.schemas.id.Ids;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Where a session goes on.
class SessionResumeTest extends OneSession {

  @Test
  void resumingTwiceIsRefused() {
    open(null);
    auth("good");
    say("{\"id\":3,\"t\":\"resume\",\"d\":{}}");
    loop.advance(100);
    assertThat(link.all("ready")).hasSize(1);
    say("{\"id\":4,\"t\":\"resume\",\"d\":{}}");
    assertThat(link.last().path("err").path("code").asText()).isEqualTo("invalid");
  }

  @Test
  void aPositionThatIsNoneGivesASnapshot() {
    var ready = ready("{\"cursor\":\"nonsense\"}");
    assertThat(ready.path("resumed").asBoolean()).isFalse();
    assertThat(ready.path("epoch").asText()).isEqualTo("e1");
    assertThat(ready.has("epoch_changed")).isFalse();
  }

  @Test
  void aCursorOfAnotherLogGivesASnapshotThatSaysSo() {
    var group = log.group(ada);
    var cursor = new Cursor("e0", Map.of(group, 1L)).encode();
    var ready = ready("{\"cursor\":\"%s\"}".formatted(cursor));
    assertThat(ready.path("resumed").asBoolean()).isFalse();
    assertThat(ready.path("epoch_changed").asBoolean()).isTrue();
    assertThat(link.all("event")).isEmpty();
  }

  @Test
  void headsOfAnotherLogGiveASnapshotThatSaysSo() {
    var group = log.group(ada);
    var ready = ready("{\"epoch\":\"e0\",\"heads\":{\"%s\":1}}".formatted(group));
    assertThat(ready.path("resumed").asBoolean()).isFalse();
    assertThat(ready.path("epoch_changed").asBoolean()).isTrue();
    assertThat(ready.path("conversations")).hasSize(1);
    assertThat(link.all("event")).isEmpty();
  }

  @Test
  void headsOfThisLogAreGoneOnFrom() {
    var group = log.group(ada);
    var ready = ready("{\"epoch\":\"e1\",\"heads\":{\"%s\":1}}".formatted(group));
    assertThat(ready.path("resumed").asBoolean()).isTrue();
    assertThat(ready.has("epoch_changed")).isFalse();
    assertThat(link.all("event")).hasSize(1);
  }

  @Test
  void nothingIsWatchedBeforeResuming() {
    open(null);
    auth("good");
    readable = true;
    say(personal(4, "watch", Ids.uuid7(), "\"x\":1"));
    loop.advance(100);
    assertThat(link.errors()).containsExactly("invalid");
  }

  private JsonNode ready(String position) {
    open(null);
    auth("good");
    say("{\"id\":3,\"t\":\"resume\",\"d\":" + position + "}");
    loop.advance(100);
    return link.all("ready").getFirst().path("d");
  }
}
