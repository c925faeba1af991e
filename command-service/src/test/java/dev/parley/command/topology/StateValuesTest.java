package dev.parley.command.topology;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.parley.command.decider.Conversation;
import dev.parley.command.decider.Decided;
import dev.parley.command.decider.Mark;
import dev.parley.command.decider.Member;
import dev.parley.command.decider.Message;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.conversation.HistoryVisibility;
import dev.parley.schemas.conversation.Role;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What stands in the changelog must stay readable: the golden records are of every version that
/// ever wrote there.
class StateValuesTest {

  private static final UUID ALICE = UUID.fromString("018bcfe5-6800-7a31-891e-f490ed686aa3");
  private static final UUID ROOT = UUID.fromString("018bcfe5-682a-75c6-957b-0b075be9662d");
  private static final Mark MARK = new Mark(7, 3, 1_700_000_000_123L);

  private static final Conversation CONVERSATION =
      new Conversation(
          ConversationKind.GROUP,
          HistoryVisibility.FROM_JOINING,
          ALICE,
          true,
          1_700_000_000_000L,
          new Conversation.Counts(5, 2, 0, 0, 0),
          new Conversation.Policy(false, 0),
          9,
          4,
          ByteString.copyFrom(new byte[32]));
  private static final Member MEMBER = new Member(Role.MODERATOR, MARK);
  private static final Message MESSAGE = new Message(ALICE, MARK, 0, null, null);
  private static final Message DELETED_IN_THREAD =
      new Message(ALICE, MARK, 2, ROOT, new Mark(12, 6, 1_700_000_009_999L));
  private static final Decided DECIDED = new Decided(ALICE, MARK);

  @Test
  void goldenRecordsOfVersion1AreReadAndWrittenTheSame() throws IOException {
    Map<String, byte[]> golden = golden("state-v1.txt");
    assertThat(StateValues.conversation(of(golden, "conversation"))).isEqualTo(CONVERSATION);
    assertThat(StateValues.member(of(golden, "member"))).isEqualTo(MEMBER);
    assertThat(StateValues.message(of(golden, "message"))).isEqualTo(MESSAGE);
    assertThat(StateValues.message(of(golden, "deleted"))).isEqualTo(DELETED_IN_THREAD);
    assertThat(StateValues.decided(of(golden, "decided"))).isEqualTo(DECIDED);
    assertThat(written()).containsExactlyEntriesOf(texts(golden));
  }

  @Test
  void valuesStaySmall() {
    assertThat(StateValues.encode(CONVERSATION)).hasSizeLessThan(100);
    assertThat(StateValues.encode(MESSAGE)).hasSizeLessThan(40);
  }

  private static Map<String, String> written() {
    StateKeys keys = new StateKeys(ALICE);
    Map<String, byte[]> written = new LinkedHashMap<>();
    written.put("conversation", StateValues.encode(CONVERSATION));
    written.put("member", StateValues.encode(MEMBER));
    written.put("message", StateValues.encode(MESSAGE));
    written.put("deleted", StateValues.encode(DELETED_IN_THREAD));
    written.put("decided", StateValues.encode(DECIDED));
    written.put("key-head", keys.head().get());
    written.put("key-member", keys.member(ROOT).get());
    written.put("key-message", keys.message(ROOT).get());
    written.put("key-decided", keys.decided(ROOT).get());
    return texts(written);
  }

  private static Map<String, String> texts(Map<String, byte[]> values) {
    Map<String, String> texts = new LinkedHashMap<>();
    values.forEach((name, bytes) -> texts.put(name, HexFormat.of().formatHex(bytes)));
    return texts;
  }

  private static byte[] of(Map<String, byte[]> golden, String name) {
    return Objects.requireNonNull(golden.get(name), name);
  }

  private static Map<String, byte[]> golden(String file) throws IOException {
    Map<String, byte[]> golden = new LinkedHashMap<>();
    try (InputStream in = StateValuesTest.class.getResourceAsStream("/golden/" + file)) {
      new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split(" "))
          .forEach(line -> golden.put(line[0], HexFormat.of().parseHex(line[1])));
    }
    return golden;
  }
}
