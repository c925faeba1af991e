package dev.parley.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.schemas.Samples;
import dev.parley.schemas.command.Command;
import dev.parley.schemas.content.Body;
import dev.parley.schemas.content.Content;
import dev.parley.schemas.conversation.Everyone;
import dev.parley.schemas.conversation.Forwarded;
import dev.parley.schemas.error.ErrorCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardInputTest {

  private static final String C = Samples.CONVERSATION.toString();
  private static final String M = Samples.MESSAGE.toString();

  @Test
  void aForwardNamesItsSourceAndMentionsNobodyAgain() {
    var read = (ForwardInput.Read) read(forward(C, M));
    var rich = ((Body.Plain) Samples.RICH).content();
    assertThat(read.command(Samples.BOB, rich))
        .isEqualTo(
            new CommandInput.Read(
                Samples.CONVERSATION,
                Samples.MESSAGE,
                new Command.SendMessage(
                    new Body.Plain(
                        new Content(
                            rich.text(),
                            List.of(),
                            rich.type(),
                            rich.custom(),
                            rich.attachments())),
                    null,
                    null,
                    Everyone.NONE,
                    0,
                    new Forwarded(Samples.CONVERSATION, Samples.ROOT, Samples.BOB))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'conversation':'C','message_id':'M'}",
        "{'conversation':'C','message_id':'M','from':'M'}",
        "{'conversation':'C','message_id':'M','from':{}}",
        "{'conversation':'C','message_id':'M','from':{'conversation':'C','message_id':7}}",
      })
  void aForwardWithoutItsSourceIsRefused(String json) {
    assertThat(read(json.replace("'C'", "'" + C + "'").replace("'M'", "'" + M + "'")))
        .isInstanceOfSatisfying(
            ForwardInput.Refused.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.INVALID));
    assertThat(read("[]"))
        .isInstanceOfSatisfying(
            ForwardInput.Refused.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.MALFORMED));
  }

  @Test
  void theContentOfAMessageIsReadBackFromItsJson() {
    var rich = ((Body.Plain) Samples.RICH).content();
    var message = Json.MAPPER.createObjectNode().put("text", rich.text());
    message.putArray("mentions").add(Samples.BOB.toString());
    ContentJson.putRest(message, rich);
    assertThat(ForwardInput.content(message, Limits.DEFAULT)).isEqualTo(rich);
  }

  @Test
  void aForwardOfAForwardNamesWhoWroteTheText() {
    var written = "{'author':'%s'}".formatted(Samples.BOB);
    var passedOn = "{'author':'%s','forwarded':{'author':'%s'}}".formatted(C, Samples.BOB);
    assertThat(ForwardInput.author(json(written))).isEqualTo(Samples.BOB);
    assertThat(ForwardInput.author(json(passedOn))).isEqualTo(Samples.BOB);
  }

  @Test
  void ofADeletedOrErasedMessageNothingIsForwarded() {
    assertThat(ForwardInput.content(json("{'text':'','deleted':true}"), Limits.DEFAULT)).isNull();
    assertThat(ForwardInput.content(json("{'text':'','erased':true}"), Limits.DEFAULT)).isNull();
  }

  @Test
  void whatIsNoMessageIsAMistakeOfTheDoor() {
    assertThatThrownBy(() -> ForwardInput.content(json("{'text':7}"), Limits.DEFAULT))
        .hasMessageContaining("Expected a message");
  }

  private static String forward(String conversation, String message) {
    return "{'conversation':'%s','message_id':'%s','from':{'conversation':'%s','message_id':'%s'}}"
        .formatted(conversation, message, C, Samples.ROOT);
  }

  private static ForwardInput read(String json) {
    return ForwardInput.read(json(json), Limits.DEFAULT);
  }

  private static JsonNode json(String json) {
    try {
      return Json.MAPPER.readTree(json.replace('\'', '"'));
    } catch (JsonProcessingException broken) {
      throw new AssertionError(broken);
    }
  }
}
