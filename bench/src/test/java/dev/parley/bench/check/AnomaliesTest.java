package dev.parley.bench.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import dev.parley.bench.check.history.ClientHistory;
import dev.parley.bench.check.history.Digests;
import dev.parley.bench.check.history.Marks;
import dev.parley.bench.check.rules.FoldedMessage;
import dev.parley.bench.check.rules.ShownItem;
import dev.parley.bench.check.rules.ShownMessage;
import dev.parley.bench.check.rules.UnreadRules;
import dev.parley.bench.check.rules.ViewRules;
import dev.parley.client.InboxItem;
import dev.parley.client.Position;
import dev.parley.client.Ready;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.wire.Json;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Each kind of anomaly by the smallest history that has it: that one is found, and no other.
class AnomaliesTest {

  private final Fixture fixture = new Fixture();

  @Test
  void aRunInWhichNothingWentWrongIsClean() {
    var message = fixture.said("one");
    fixture.edited(message, "two");
    fixture.deleted(message);
    tellEverybody();

    assertThat(fixture.kinds()).isEmpty();
  }

  @Test
  void lostIsWhatWasAnsweredAndIsNotInTheLog() {
    var message = fixture.issued("one");
    fixture.answer(fixture.ada, message, 4);
    tellEverybody();

    assertThat(fixture.kinds()).containsExactly(AnomalyKind.LOST);
  }

  @Test
  void lostIsWhatWasScheduledAndNeverCame() {
    fixture.stored(fixture.scheduled("one"), "one");
    fixture.scheduled("two");
    tellEverybody();

    assertThat(fixture.kinds()).containsExactly(AnomalyKind.LOST);
  }

  @Test
  void duplicatedIsAScheduledMessageThatCameTwice() {
    var message = fixture.scheduled("one");
    fixture.stored(message, "one");
    fixture.stored(message, "one");
    tellEverybody();

    assertThat(fixture.kinds()).containsExactly(AnomalyKind.DUPLICATED);
  }

  @Test
  void lostIsWhatAMemberWasNeverTold() {
    fixture.said("one");
    fixture.tellEverything(fixture.ada);
    tell(fixture.bob, 3);
    fixture.bob.ended(new Position("e1", Map.of(Fixture.ROOM, 3L)));

    assertThat(fixture.kinds()).containsExactly(AnomalyKind.LOST);
  }

  @Test
  void phantomIsWhatNobodySent() {
    fixture.stored(Ids.uuid7(), "one");
    tellEverybody();

    assertThat(fixture.kinds()).containsExactly(AnomalyKind.PHANTOM);
  }

  @Test
  void phantomIsATextThatNobodySent() {
    fixture.said("one");
    fixture.tellEverything(fixture.ada);
    var json = json(4);
    json.withObject("data").put("text", "another");
    tell(fixture.bob, 3);
    fixture.bob.event(Fixture.told(json));
    fixture.hasEverything(fixture.bob);

    assertThat(fixture.kinds()).containsExactly(AnomalyKind.PHANTOM);
  }

  @Test
  void duplicatedIsAMessageThatIsTwiceInTheLog() {
    var message = fixture.said("one");
    fixture.stored(message, "one");
    tellEverybody();

    assertThat(fixture.kinds()).containsExactly(AnomalyKind.DUPLICATED);
  }

  @Test
  void duplicatedIsWhatAClientIsToldTwice() {
    fixture.said("one");
    fixture.tellEverything(fixture.ada);
    tell(fixture.bob, 3, 4, 4);
    fixture.hasEverything(fixture.bob);

    assertThat(fixture.kinds()).containsExactly(AnomalyKind.DUPLICATED);
  }

  @Test
  void reorderedIsWhatAClientIsToldAfterALaterOne() {
    fixture.said("one");
    fixture.said("two");
    fixture.tellEverything(fixture.ada);
    tell(fixture.bob, 3, 5, 4);
    fixture.hasEverything(fixture.bob);

    assertThat(fixture.kinds()).containsExactly(AnomalyKind.REORDERED);
  }

  @Test
  void twoWithOneSeqAreFoundInTheLog() {
    fixture.said("one");
    var other = fixture.issued("two");
    tellEverybody();
    fixture.append(fixture.forged(4, other, "two", fixture.event(3).hash()));

    assertThat(fixture.kinds()).containsExactly(AnomalyKind.TWO_WITH_ONE_SEQ);
  }

  @Test
  void aSeqThatChangedAfterItWasAnsweredIsFound() {
    var message = fixture.issued("one");
    fixture.stored(message, "one");
    fixture.answer(fixture.ada, message, 7);
    tellEverybody();

    assertThat(fixture.kinds()).containsExactly(AnomalyKind.SEQ_CHANGED);
  }

  @Test
  void twoAnswersThatDifferAreFound() {
    var message = fixture.said("one");
    fixture.answer(fixture.bob, message, 5);
    tellEverybody();

    assertThat(fixture.kinds()).containsExactly(AnomalyKind.SEQ_CHANGED);
  }

  @Test
  void aHoleInTheLogIsFound() {
    var message = fixture.issued("one");
    fixture.append(fixture.forged(5, message, "one", fixture.headHash()));
    // Told in what the log has: it is the log that has a hole.
    for (var client : List.of(fixture.ada, fixture.bob)) {
      client.gap(Fixture.ROOM, 1, 4);
      fixture.tellLast(client);
      fixture.hasEverything(client);
    }

    assertThat(fixture.kinds()).containsExactly(AnomalyKind.HOLE);
  }

  @Test
  void aHoleInWhatAClientIsToldIsFound() {
    fixture.said("one");
    fixture.said("two");
    fixture.tellEverything(fixture.ada);
    tell(fixture.bob, 3, 5);
    fixture.hasEverything(fixture.bob);

    assertThat(fixture.kinds()).containsExactly(AnomalyKind.HOLE);
  }

  @Test
  void aGapThatWasToldIsNoHole() {
    fixture.said("one");
    fixture.said("two");
    fixture.tellEverything(fixture.ada);
    tell(fixture.bob, 3);
    fixture.bob.gap(Fixture.ROOM, 4, 4);
    tell(fixture.bob, 5);
    fixture.hasEverything(fixture.bob);

    assertThat(fixture.kinds()).isEmpty();
  }

  @Test
  void twoClientsThatWereToldDifferentThingsAreFound() {
    fixture.said("one");
    fixture.tellEverything(fixture.ada);
    tell(fixture.bob, 3);
    fixture.bob.event(Fixture.told(json(4).put("ordinal", 9)));
    fixture.hasEverything(fixture.bob);

    assertThat(fixture.kinds()).containsExactly(AnomalyKind.DIVERGED);
  }

  @Test
  void aViewThatDiffersIsFound() {
    fixture.said("one");
    var shown = shown();

    assertThat(history(List.of())).containsExactly(AnomalyKind.VIEW_DIFFERS);
    assertThat(history(List.of(shown, shown))).containsExactly(AnomalyKind.VIEW_DIFFERS);
    assertThat(history(List.of(with(shown, Digests.text("two"), false))))
        .containsExactly(AnomalyKind.VIEW_DIFFERS);
    assertThat(history(List.of(shown))).isEmpty();
  }

  @Test
  void aPinOrAThreadThatAViewLacksOrKeepsIsFound() {
    var root = fixture.said("root");
    var before = shown();
    fixture.pinned(root);
    var pinned = shown();

    assertThat(history(List.of(before))).containsExactly(AnomalyKind.VIEW_DIFFERS);
    assertThat(history(List.of(pinned))).isEmpty();

    fixture.unpinned(root);
    assertThat(history(List.of(pinned))).containsExactly(AnomalyKind.VIEW_DIFFERS);
    assertThat(history(List.of(before))).isEmpty();

    fixture.answered("in it", root);
    var answer = folded().values().stream().toList().getLast();
    assertThat(answer.thread()).isEqualTo(root.toString());
    assertThat(history(List.of(before, shown(answer)))).isEmpty();
    assertThat(history(List.of(before, outsideThread(shown(answer)))))
        .containsExactly(AnomalyKind.VIEW_DIFFERS);
  }

  @Test
  void aPinThatWasFoundMayBeMadeAnewByItsResend() {
    var root = fixture.said("root");
    fixture.pinned(root);
    fixture.pinnedByItsResend(root, fixture.head());
    tellEverybody();

    assertThat(fixture.kinds()).isEmpty();
  }

  @Test
  void aMessageThatIsDeletedIsPinnedNoLonger() {
    var root = fixture.said("root");
    fixture.pinned(root);
    fixture.deleted(root);

    assertThat(folded().values()).noneMatch(FoldedMessage::pinned);
  }

  @Test
  void anIndexThatDiffersIsFound() {
    fixture.said("one");
    var shown = shown();

    assertThat(index(List.of())).containsExactly(AnomalyKind.INDEX_DIFFERS);
    assertThat(index(List.of(shown, shown))).containsExactly(AnomalyKind.INDEX_DIFFERS);
    assertThat(index(List.of(with(shown, Digests.text("two"), false))))
        .containsExactly(AnomalyKind.INDEX_DIFFERS);
    assertThat(index(List.of(shown))).isEmpty();
  }

  @Test
  void whatWasDeletedAndIsShownAgainIsFound() {
    var message = fixture.said("one");
    var shown = shown();
    fixture.deleted(message);

    assertThat(history(List.of(shown))).containsExactly(AnomalyKind.RESURRECTED_DELETE);
    assertThat(index(List.of(shown))).containsExactly(AnomalyKind.RESURRECTED_DELETE);
    assertThat(history(List.of(with(shown, Digests.GONE, true)))).isEmpty();
    assertThat(index(List.of())).isEmpty();
  }

  @Test
  void whatIsToldAfterARemovalIsFound() {
    fixture.removedBob();
    fixture.said("one");
    fixture.tellEverything(fixture.ada);
    tell(fixture.bob, 3, 4, 5);

    assertThat(fixture.kinds()).containsExactly(AnomalyKind.READ_AFTER_REMOVAL);
    var log = fixture.log().conversation(Fixture.ROOM);
    assertThat(kinds(ViewRules.access(log, fixture.bob.user(), "bob", List.of(shown()))))
        .containsExactly(AnomalyKind.READ_AFTER_REMOVAL);
  }

  @Test
  void aWrongCountOfWhatIsUnreadIsFound() {
    fixture.said("one");
    fixture.said("two");
    var log = fixture.log().conversation(Fixture.ROOM);
    var marks = fixture.history.marks(Fixture.ROOM, fixture.bob.user());

    assertThat(kinds(unread(log, marks, 2))).isEmpty();
    assertThat(kinds(unread(log, marks, 1))).containsExactly(AnomalyKind.WRONG_UNREAD);

    // Without an answer it may be stored or not.
    fixture.history.marking(fixture.bob, Fixture.ROOM, 4);
    assertThat(kinds(unread(log, marks, 2))).isEmpty();
    assertThat(kinds(unread(log, marks, 1))).isEmpty();
    assertThat(kinds(unread(log, marks, 0))).containsExactly(AnomalyKind.WRONG_UNREAD);
  }

  @Test
  void aWrongCountInAnInboxThatWasPushedIsFound() {
    fixture.said("one");
    fixture.tellEverything(fixture.ada);
    fixture.bob.ready(ready(4, 1));
    fixture.hasEverything(fixture.bob);
    assertThat(fixture.kinds()).isEmpty();

    fixture.bob.ready(ready(4, 2));
    assertThat(fixture.kinds()).containsExactly(AnomalyKind.WRONG_UNREAD);
  }

  @Test
  void aBrokenChainIsFound() {
    var message = fixture.issued("one");
    fixture.append(fixture.forged(4, message, "one", ByteString.copyFromUtf8("another past")));
    tellEverybody();

    assertThat(fixture.kinds()).containsExactly(AnomalyKind.BROKEN_CHAIN);
  }

  @Test
  void whatWasRefusedAndIsStoredIsFound() {
    var message = fixture.issued("one");
    fixture.stored(message, "one");
    fixture.refuse(fixture.ada, message);
    tellEverybody();

    assertThat(fixture.kinds()).containsExactly(AnomalyKind.ANSWER_TO_FAILED_SEND);
  }

  @Test
  void anAnswerOfBothWaysIsFound() {
    var message = fixture.said("one");
    fixture.refuse(fixture.bob, message);
    tellEverybody();

    assertThat(fixture.kinds()).containsExactly(AnomalyKind.ANSWER_TO_FAILED_SEND);
  }

  /// Ada from the beginning, Bob from his joining.
  private void tellEverybody() {
    fixture.tellEverything(fixture.ada);
    for (long seq = 3; seq <= fixture.head(); seq++) {
      tell(fixture.bob, seq);
    }
    fixture.hasEverything(fixture.bob);
  }

  private void tell(ClientHistory client, long... seqs) {
    for (long seq : seqs) {
      client.event(Fixture.told(json(seq)));
    }
  }

  private ObjectNode json(long seq) {
    return Fixture.json(fixture.event(seq));
  }

  /// Ada's message with seq 4 or 5, as a page shows it.
  private ShownMessage shown() {
    return shown(folded().values().iterator().next());
  }

  private static ShownMessage outsideThread(ShownMessage shown) {
    return new ShownMessage(
        shown.id(),
        shown.seq(),
        shown.ordinal(),
        shown.author(),
        shown.text(),
        shown.revision(),
        shown.deleted(),
        shown.pinned(),
        "",
        shown.reactions());
  }

  private static ShownMessage shown(FoldedMessage message) {
    return new ShownMessage(
        message.id(),
        message.seq(),
        message.ordinal(),
        message.author(),
        message.text(),
        message.revision(),
        message.deleted(),
        message.pinned(),
        message.thread(),
        message.reactions());
  }

  private static ShownMessage with(ShownMessage shown, long text, boolean deleted) {
    return new ShownMessage(
        shown.id(),
        shown.seq(),
        shown.ordinal(),
        shown.author(),
        text,
        shown.revision(),
        deleted,
        shown.pinned(),
        shown.thread(),
        shown.reactions());
  }

  private Map<UUID, FoldedMessage> folded() {
    return FoldedMessage.all(fixture.log().conversation(Fixture.ROOM), fixture.history);
  }

  private List<AnomalyKind> history(List<ShownMessage> shown) {
    var log = fixture.log().conversation(Fixture.ROOM);
    return kinds(ViewRules.history(log, folded(), shown));
  }

  private List<AnomalyKind> index(List<ShownMessage> found) {
    var log = fixture.log().conversation(Fixture.ROOM);
    return kinds(ViewRules.index(log, folded(), found));
  }

  private Findings unread(ConversationLog log, Marks marks, long count) {
    var shown = new ShownItem(fixture.head(), 0, 3, count, 2);
    return UnreadRules.settled(log, marks, fixture.bob.user(), "bob", shown);
  }

  private static List<AnomalyKind> kinds(Findings findings) {
    return findings.listed().stream().map(Anomaly::kind).toList();
  }

  /// An inbox with the room in it, from Bob's joining on.
  private Ready ready(long head, long unread) {
    var item = Json.MAPPER.createObjectNode();
    item.put("conversation", Fixture.ROOM.toString());
    item.put("head_seq", head).put("read_seq", 0).put("joined_seq", 3).put("unread", unread);
    return new Ready(
        Ids.uuid7(),
        fixture.bob.user(),
        false,
        false,
        "",
        List.of(InboxItem.of(item)),
        Json.MAPPER.createObjectNode());
  }
}
