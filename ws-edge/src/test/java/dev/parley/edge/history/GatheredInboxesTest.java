package dev.parley.edge.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.edge.hub.Inbox.Snapshot;
import dev.parley.schemas.id.Ids;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GatheredInboxesTest {

  /// One question that is open.
  private record Question(List<UUID> users, CompletableFuture<Map<UUID, Snapshot>> answer) {

    void answered(Collection<UUID> told) {
      var inboxes = new HashMap<UUID, Snapshot>();
      told.forEach(user -> inboxes.put(user, new Snapshot(List.of(), false)));
      answer.complete(inboxes);
    }

    void answered() {
      answered(users);
    }
  }

  private final List<Question> questions = new ArrayList<>();
  private final List<UUID> people = IntStream.range(0, 6).mapToObj(_ -> Ids.uuid7()).toList();

  @Test
  void whoAsksAloneDoesNotWait() {
    var inboxes = inboxes(3, 1, 10);

    var answer = inboxes.of(people.getFirst());

    assertThat(questions).hasSize(1);
    assertThat(isDone(answer)).isFalse();
    questions.getFirst().answered();
    assertThat(isDone(answer)).isTrue();
  }

  @Test
  void thoseWhoAskMeanwhileGoTogetherInTheirOrder() {
    var inboxes = inboxes(3, 1, 10);
    people.forEach(inboxes::of);

    assertThat(asked()).containsExactly(people.subList(0, 1));
    questions.getFirst().answered();
    assertThat(asked().getLast()).isEqualTo(people.subList(1, 4));
    questions.getLast().answered();
    assertThat(asked().getLast()).isEqualTo(people.subList(4, 6));
  }

  @Test
  void soManyQuestionsAreOpenAtOnceAndNoMore() {
    var inboxes = inboxes(1, 2, 10);
    people.forEach(inboxes::of);

    assertThat(questions).hasSize(2);
    questions.get(1).answered();
    assertThat(questions).hasSize(3);
  }

  /// Of what happened before they asked, the answer under way may tell nothing.
  @Test
  void anAnswerUnderWayIsForThoseWhoAskedBeforeIt() {
    var inboxes = inboxes(3, 1, 10);
    var person = people.getFirst();
    var before = inboxes.of(person);
    var meanwhile = inboxes.of(person);
    var with = inboxes.of(person);

    questions.getFirst().answered();

    assertThat(isDone(before)).isTrue();
    assertThat(isDone(meanwhile)).isFalse();
    assertThat(asked()).containsExactly(List.of(person), List.of(person));
    questions.getLast().answered();
    assertThat(Stream.of(meanwhile, with)).allMatch(GatheredInboxesTest::isDone);
    assertThat(questions).hasSize(2);
  }

  @Test
  void whoIsLeftOutComesFirstInTheNextQuestionWithThoseWhoAskedSince() {
    var inboxes = inboxes(3, 1, 10);
    inboxes.of(people.get(0));
    var second = inboxes.of(people.get(1));
    var third = inboxes.of(people.get(2));
    questions.getFirst().answered();
    inboxes.of(people.get(3));
    var secondAgain = inboxes.of(people.get(1));

    questions.getLast().answered(people.subList(2, 3));

    assertThat(isDone(third)).isTrue();
    assertThat(isDone(second)).isFalse();
    assertThat(asked().getLast()).containsExactly(people.get(1), people.get(3));
    questions.getLast().answered();
    assertThat(Stream.of(second, secondAgain)).allMatch(GatheredInboxesTest::isDone);
    assertThat(questions).hasSize(3);
  }

  @Test
  void aFailureIsOnlyTheirsWhoWereAskedFor() {
    var inboxes = inboxes(2, 1, 10);
    var first = inboxes.of(people.get(0));
    var second = inboxes.of(people.get(1));

    questions.getFirst().answer().completeExceptionally(new IllegalStateException("away"));

    assertThat(first.toCompletableFuture()).isCompletedExceptionally();
    assertThat(isDone(second)).isFalse();
    questions.getLast().answered();
    assertThat(isDone(second)).isTrue();
  }

  @Test
  void anAnswerThatTellsNobodyIsAFailureAndNotAskedForEver() {
    var inboxes = inboxes(2, 1, 10);
    var answer = inboxes.of(people.getFirst());

    questions.getFirst().answered(List.of());

    assertThat(answer.toCompletableFuture()).isCompletedExceptionally();
    assertThat(questions).hasSize(1);
  }

  @Test
  void overTheLimitOneIsRefusedAtOnce() {
    var inboxes = inboxes(1, 1, 2);
    var answers = people.stream().limit(4).map(inboxes::of).toList();

    assertThat(answers.subList(0, 3)).noneMatch(GatheredInboxesTest::isDone);
    assertThat(answers.getLast().toCompletableFuture()).isCompletedExceptionally();
  }

  private GatheredInboxes inboxes(int atOnce, int questionsMax, int waitingMax) {
    return new GatheredInboxes(
        users -> {
          var question = new Question(List.copyOf(users), new CompletableFuture<>());
          questions.add(question);
          return question.answer();
        },
        new GatheredInboxes.Limits(atOnce, questionsMax, waitingMax));
  }

  private List<List<UUID>> asked() {
    return questions.stream().map(Question::users).toList();
  }

  private static boolean isDone(CompletionStage<Snapshot> answer) {
    var future = answer.toCompletableFuture();
    return future.isDone() && !future.isCompletedExceptionally();
  }
}
