package dev.parley.search.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.schemas.content.Body;
import dev.parley.schemas.content.Content;
import dev.parley.schemas.conversation.HistoryVisibility;
import dev.parley.schemas.event.Event;
import dev.parley.schemas.event.EventData;
import dev.parley.schemas.id.Ids;
import dev.parley.search.story.Story;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MessageFoldTest {

  private static final UUID AUTHOR = Ids.uuid7();

  private final List<Event> events = new ArrayList<>();
  private final Story story =
      Story.group(HistoryVisibility.FROM_START, chained -> events.add(chained.event()));

  @Test
  void anEditKeepsPlaceThreadAndTimeOfTheOriginal() {
    var root = story.sent(AUTHOR, "root");
    var message = story.inThread(AUTHOR, "first", root);
    long seq = story.seq();
    story.edited(AUTHOR, message, 1, "second");

    var document = folded(List.of()).getLast();

    assertThat(document.text()).isEqualTo("second");
    assertThat(document.thread()).isEqualTo(root);
    assertThat(document.replyTo()).isEqualTo(root);
    assertThat(document.seq()).isEqualTo(seq);
    assertThat(document.changedSeq()).isEqualTo(story.seq());
    assertThat(document.revision()).isEqualTo(1);
    assertThat(document.editedAt()).isGreaterThan(document.at());
  }

  @Test
  void aDeletedMessageKeepsNothingOfItsText() {
    var message = story.sent(AUTHOR, "秘密 é");
    story.deleted(AUTHOR, message);

    var document = folded(List.of()).getLast();

    assertThat(document.state()).isEqualTo(MessageState.DELETED);
    assertThat(document.text()).isEmpty();
    assertThat(document.words()).isEmpty();
    assertThat(document.cjk()).isNull();
    assertThat(document.exact()).isNull();
  }

  @Test
  void onlyTextsThatNeedThemHaveTheFieldsForAccentsAndBigrams() {
    story.sent(AUTHOR, "plain");
    story.sent(AUTHOR, "été");
    story.sent(AUTHOR, "日本");

    var documents = folded(List.of());

    assertThat(documents).extracting(MessageDocument::exact).containsExactly(null, "été", "日本");
    assertThat(documents).extracting(MessageDocument::cjk).containsExactly(null, null, "日本");
  }

  @Test
  void whatTheDocumentHasAlreadyChangesNothing() {
    var message = story.sent(AUTHOR, "first");
    story.edited(AUTHOR, message, 1, "second");
    var stored = folded(List.of());

    assertThat(folded(stored)).isEmpty();
  }

  @Test
  void contentOfAnErasedAuthorIsGone() {
    story.sent(AUTHOR, "readable");
    var fold = new MessageFold(List.of(), _ -> false);
    events.forEach(event -> fold.apply(event, null));

    assertThat(fold.changed()).extracting(MessageDocument::state).containsOnly(MessageState.ERASED);
  }

  @Test
  void anEditOfAMessageThatIsNotThereIsImpossible() {
    story.edited(AUTHOR, Ids.uuid7(), 1, "of nothing");

    assertThat(MessageFold.needed(events)).hasSize(1);
    assertThatThrownBy(() -> folded(List.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("Expected message");
  }

  private List<MessageDocument> folded(List<MessageDocument> stored) {
    var fold = new MessageFold(stored, _ -> false);
    events.forEach(event -> fold.apply(event, content(event)));
    return fold.changed();
  }

  private static @Nullable Content content(Event event) {
    if (event.data() instanceof EventData.MessageSent sent
        && sent.body() instanceof Body.Plain(var content)) {
      return content;
    }
    return event.data() instanceof EventData.MessageEdited edited
            && edited.body() instanceof Body.Plain(var content)
        ? content
        : null;
  }
}
