package dev.parley.bench.path;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.bench.check.Answers;
import dev.parley.bench.check.CommittedLog;
import dev.parley.bench.fault.Processes;
import dev.parley.bench.load.Stage;
import dev.parley.client.Account;
import dev.parley.client.Chat;
import dev.parley.client.ChatListener;
import dev.parley.client.Reply;
import dev.parley.log.KafkaConnection;
import dev.parley.schemas.id.Ids;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Answers run ahead of the transaction's commit; this shows that no crash makes one of them wrong.
@Timeout(900)
class KillDeciderIT {

  private static final RunningStack STACK = RunningStack.here();
  private static final int PEOPLE = 12;
  private static final int GROUPS = 3;
  private static final int RATE_PER_SECOND = 400;
  private static final int KILLS = 2;
  private static final Duration BETWEEN_KILLS = Duration.ofSeconds(6);
  // While no decider runs, messages pile up: people would not write that many either.
  private static final int UNANSWERED_MAX = 2_000;
  private static final int RESENT_PERCENT = 25;
  private static final int RESENT_WITHIN_MILLIS = 4_000;

  /// One person on two edges, in one group.
  private record Sender(Chat one, Chat other, UUID group) {}

  @Test
  void noAnswerIsLostOrContradictedWhenTheDeciderIsKilledUnderLoad() throws Exception {
    long seed = new Random().nextLong();
    System.out.println("KillDeciderIT seed " + seed);
    var answers = new Answers();
    var sent = new ArrayList<CompletableFuture<?>>();
    try (var stage = Stage.open(STACK.origin(), STACK.edges(), 1)) {
      var senders = senders(stage);
      var enough = new AtomicBoolean();
      var load =
          Thread.ofPlatform().start(() -> load(senders, enough, answers, sent, new Random(seed)));
      try {
        for (int kill = 0; kill < KILLS; kill++) {
          Thread.sleep(BETWEEN_KILLS);
          new Processes(STACK.data(), "command-service").kill();
        }
        Thread.sleep(BETWEEN_KILLS);
      } finally {
        enough.set(true);
        load.join();
      }

      CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).get(180, TimeUnit.SECONDS);
      var log =
          CommittedLog.read(
              KafkaConnection.plain(STACK.kafka()), answers.messages(), Duration.ofMinutes(2));

      long resends = senders.stream().mapToLong(s -> s.one().resends() + s.other().resends()).sum();
      System.out.printf(
          "%d commands sent, %d of them again by the client, %d messages answered, %d kills%n",
          sent.size(), resends, answers.size(), KILLS);
      assertThat(answers.against(log)).isEmpty();
      assertThat(answers.size()).isGreaterThan(RATE_PER_SECOND * KILLS);
    }
  }

  private static List<Sender> senders(Stage stage) throws InterruptedException {
    var people = stage.people(PEOPLE);
    var groups = new ArrayList<UUID>();
    var senders = new ArrayList<Sender>();
    for (int i = 0; i < PEOPLE; i++) {
      var one = connected(stage, people.get(i), 0);
      var other = connected(stage, people.get(i), 1);
      if (i < GROUPS) {
        groups.add(stage.group(one, "kill " + i, members(people, i)));
      }
      senders.add(new Sender(one, other, groups.get(i % GROUPS)));
    }
    return senders;
  }

  private static Chat connected(Stage stage, Account account, int edge)
      throws InterruptedException {
    var chat =
        stage.chat(
            account,
            edge,
            new ChatListener() {
              @Override
              public void refused(Reply.Refused refusal) {
                System.out.println(account.name() + " on edge " + edge + ": " + refusal);
              }
            });
    Stage.get(chat.live());
    return chat;
  }

  private static List<Account> members(List<Account> people, int group) {
    var members = new ArrayList<Account>();
    for (int i = group + GROUPS; i < people.size(); i += GROUPS) {
      members.add(people.get(i));
    }
    return members;
  }

  private static void load(
      List<Sender> senders,
      AtomicBoolean enough,
      Answers answers,
      List<CompletableFuture<?>> sent,
      Random random) {
    var unanswered = new Semaphore(UNANSWERED_MAX);
    for (long k = 0; !enough.get(); k++) {
      LockSupport.parkNanos(1_000_000_000L / RATE_PER_SECOND);
      if (!unanswered.tryAcquire()) {
        continue;
      }
      var sender = senders.get(random.nextInt(senders.size()));
      var message = Ids.uuid7();
      var text = "kill " + k;
      var answered = noted(sender.one().send(sender.group(), message, text), message, answers);
      sent.add(answered.whenComplete((_, _) -> unanswered.release()));
      if (random.nextInt(100) < RESENT_PERCENT) {
        var later =
            CompletableFuture.delayedExecutor(
                random.nextInt(RESENT_WITHIN_MILLIS), TimeUnit.MILLISECONDS);
        sent.add(
            CompletableFuture.runAsync(() -> {}, later)
                .thenCompose(_ ->
                    noted(sender.other().send(sender.group(), message, text), message, answers)));
      }
    }
  }

  private static CompletableFuture<?> noted(
      CompletableFuture<Reply> reply, UUID message, Answers answers) {
    return reply.thenAccept(answer -> answers.note(message, answer.expectDone().seq()));
  }
}
