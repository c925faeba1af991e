package dev.parley.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.schemas.Samples;
import dev.parley.schemas.command.Command;
import dev.parley.schemas.content.Body;
import dev.parley.schemas.content.Content;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.id.Ids;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandInputTest {

  private static final String C = Samples.CONVERSATION.toString();
  private static final String M = Samples.MESSAGE.toString();

  @Test
  void aSendIsRead() {
    var read =
        read(
            "send",
            "{'conversation':'%s','message_id':'%s','text':'hi','mentions':['%s','%s'],'reply_to':'%s','x':1}"
                .formatted(C, M, Samples.BOB, Samples.BOB, Samples.ROOT));
    assertThat(read)
        .isEqualTo(
            new CommandInput.Read(
                Samples.CONVERSATION,
                Samples.MESSAGE,
                new Command.SendMessage(
                    new Body.Plain(new Content("hi", List.of(Samples.BOB))), Samples.ROOT, null)));
  }

  @Test
  void aDirectConversationGetsTheIdThatBothDerive() {
    var read = read("create", "{'kind':'direct','members':['%s']}".formatted(Samples.BOB));
    assertThat(read)
        .isInstanceOfSatisfying(
            CommandInput.Read.class,
            it ->
                assertThat(it.conversation())
                    .isEqualTo(Ids.directConversation(Samples.BOB, Samples.ADA)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "send | [] | MALFORMED",
        "send | {} | INVALID",
        "send | {'conversation':7,'message_id':'M','text':'x'} | INVALID",
        "send | {'conversation':'C','message_id':'nope','text':'x'} | INVALID",
        "send | {'conversation':'C','message_id':'5e3ee6a6-8d4f-4c0f-9d8a-2f6a1e9c0b11','text':'x'} | INVALID",
        "send | {'conversation':'C','message_id':'M'} | INVALID",
        "send | {'conversation':'C','message_id':'M','text':null} | INVALID",
        "send | {'conversation':'C','message_id':'M','text':{}} | INVALID",
        "send | {'conversation':'C','message_id':'M','text':'  '} | INVALID",
        "send | {'conversation':'C','message_id':'M','text':'\\u0000x'} | INVALID",
        "send | {'conversation':'C','message_id':'M','text':'\\ud800'} | INVALID",
        "send | {'conversation':'C','message_id':'M','text':'12345678901'} | TOO_LARGE",
        "send | {'conversation':'C','message_id':'M','text':'x','mentions':'y'} | INVALID",
        "send | {'conversation':'C','message_id':'M','text':'x','mentions':[1]} | INVALID",
        "send | {'conversation':'C','message_id':'M','text':'x','reply_to':'y'} | INVALID",
        "create | {'kind':'crowd','title':'T'} | INVALID",
        "create | {'kind':'group','conversation':'C'} | INVALID",
        "create | {'kind':'group','title':'T'} | INVALID",
        "create | {'kind':'direct'} | INVALID",
        "create | {'kind':'direct','members':['A']} | INVALID",
        "create | {'kind':'group','conversation':'C','title':'T','history':'x'} | INVALID",
        "create | {'kind':'group','conversation':'C','title':'T','members':['A','C','M','C']} | TOO_LARGE",
        "role | {'conversation':'C','user':'A'} | INVALID",
        "role | {'conversation':'C','user':'A','role':'king'} | INVALID",
        "invite | {'conversation':'C'} | INVALID",
        "import_message | {'conversation':'C'} | UNKNOWN_TYPE",
        "end_schedule | {'message_id':'M'} | UNKNOWN_TYPE",
        "expire | {'conversation':'C','message_id':'M'} | UNKNOWN_TYPE",
        "send | {'conversation':'C','message_id':'M','text':'x','everyone':'some'} | INVALID",
        "send | {'conversation':'C','message_id':'M','text':'x','custom':[]} | INVALID",
        "send | {'conversation':'C','message_id':'M','text':'x','custom':{'a':1}} | INVALID",
        "send | {'conversation':'C','message_id':'M','text':'x','attachments':[1]} | INVALID",
        "send | {'conversation':'C','message_id':'M','attachments':[{'name':'n','url':'javascript:1'}]} | INVALID",
        "send | {'conversation':'C','message_id':'M','text':'x','expires_after_seconds':0} | INVALID",
        "send | {'conversation':'C','message_id':'M','text':'x','expires_after_seconds':1e99} | INVALID",
        "edit | {'conversation':'C','message_id':'M','type':'t'} | INVALID",
        "change | {'conversation':'C'} | INVALID",
        "change | {'conversation':'C','title':' '} | INVALID",
        "change | {'conversation':'C','slow_mode_seconds':-1} | INVALID",
        "change | {'conversation':'C','slow_mode_seconds':'1'} | INVALID",
        "archive | {'conversation':'C','archived':'yes'} | INVALID",
        "mute | {'conversation':'C','user':'A'} | INVALID",
        "mute | {'conversation':'C','user':'A','for_seconds':99999999999} | INVALID",
        "ban | {'conversation':'C','user':'A','reason':'12345678901'} | TOO_LARGE",
        "react | {'conversation':'C','message_id':'M','emoji':' '} | INVALID",
        "react | {'conversation':'C','message_id':'M','emoji':'äääääääääääääääääääääääääääääääää'} | TOO_LARGE",
        "schedule | {'conversation':'C','message_id':'M','text':'x','at':'tomorrow'} | INVALID",
      })
  void badInputIsRefusedWithItsCode(String type, String json, ErrorCode code) {
    var d = json.replace("'C'", "'" + C + "'").replace("'M'", "'" + M + "'");
    assertThat(read(type, d.replace("'A'", "'" + Samples.ADA + "'")))
        .isInstanceOfSatisfying(
            CommandInput.Refused.class,
            refused -> {
              assertThat(refused.code()).isEqualTo(code);
              assertThat(refused.detail()).endsWith(".");
            });
  }

  @Test
  void aScheduleIsACommandOfOnesOwnConversation() {
    var read =
        read(
            "schedule",
            "{'conversation':'%s','message_id':'%s','text':'hi','at':'2026-01-31T08:00:00Z'}"
                .formatted(C, M));
    assertThat(read)
        .isEqualTo(
            new CommandInput.Read(
                Ids.selfConversation(Samples.ADA),
                Samples.MESSAGE,
                new Command.ScheduleMessage(
                    Samples.CONVERSATION,
                    Samples.MESSAGE,
                    new Command.SendMessage(
                        new Body.Plain(new Content("hi", List.of())), null, null),
                    1_769_846_400_000L)));
  }

  @Test
  void attachmentsMayStandForTheText() {
    var read =
        read(
            "send",
            "{'conversation':'%s','message_id':'%s','attachments':[{'name':'a.png','url':'https://x/a.png','bytes':7}]}"
                .formatted(C, M));
    assertThat(read).isInstanceOf(CommandInput.Read.class);
  }

  @Test
  void whatTheProductAddsIsBounded() {
    var limits = Limits.DEFAULT;
    assertThat(sent(limits, d -> custom(d, limits.customEntriesMax(), "v"))).isNull();
    assertThat(sent(limits, d -> custom(d, limits.customEntriesMax() + 1, "v")))
        .isEqualTo(ErrorCode.TOO_LARGE);
    assertThat(sent(limits, d -> custom(d, 1, "v".repeat(limits.customCharsMax()))))
        .isEqualTo(ErrorCode.TOO_LARGE);
    assertThat(sent(limits, d -> attachments(d, limits.attachmentsMax()))).isNull();
    assertThat(sent(limits, d -> attachments(d, limits.attachmentsMax() + 1)))
        .isEqualTo(ErrorCode.TOO_LARGE);
  }

  @Test
  void nothingIsPutOffForLongerThanTheLimit() {
    var limits = Limits.DEFAULT;
    long most = limits.aheadMax().toSeconds();
    assertThat(sent(limits, d -> d.put("expires_after_seconds", most))).isNull();
    assertThat(sent(limits, d -> d.put("expires_after_seconds", most + 1)))
        .isEqualTo(ErrorCode.INVALID);
  }

  private static @Nullable ErrorCode sent(Limits limits, Consumer<ObjectNode> with) {
    var d = Json.MAPPER.createObjectNode();
    d.put("conversation", C).put("message_id", M).put("text", "x");
    with.accept(d);
    return CommandInput.read("send", d, Samples.ADA, limits) instanceof CommandInput.Refused refused
        ? refused.code()
        : null;
  }

  private static void custom(ObjectNode d, int entries, String value) {
    var custom = d.putObject("custom");
    for (int entry = 0; entry < entries; entry++) {
      custom.put("k" + entry, value);
    }
  }

  private static void attachments(ObjectNode d, int count) {
    var attachments = d.putArray("attachments");
    for (int left = count; left > 0; left--) {
      attachments.addObject().put("name", "a.png").put("url", "https://example.com/a.png");
    }
  }

  @Test
  void everyListedTypeIsACommand() {
    for (var type : CommandInput.TYPES) {
      assertThat(read(type, "{}"))
          .isInstanceOfSatisfying(
              CommandInput.Refused.class,
              refused -> assertThat(refused.code()).isNotEqualTo(ErrorCode.UNKNOWN_TYPE));
    }
  }

  private static CommandInput read(String type, String json) {
    try {
      var d = Json.MAPPER.readTree(json.replace('\'', '"'));
      return CommandInput.read(type, d, Samples.ADA, new Limits(1_000, 10, 10, 3, 3));
    } catch (JsonProcessingException broken) {
      throw new AssertionError(broken);
    }
  }
}
