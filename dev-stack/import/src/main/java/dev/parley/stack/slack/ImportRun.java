package dev.parley.stack.slack;

import dev.parley.log.UserTable;
import dev.parley.schemas.content.KeyLookup;
import dev.parley.schemas.wire.CommandSealer;
import dev.parley.stack.slack.archive.ArchiveLimits;
import dev.parley.stack.slack.archive.SlackArchive;
import dev.parley.stack.slack.archive.SlackConversation;
import dev.parley.stack.slack.archive.SlackPerson;
import dev.parley.stack.slack.archive.Survey;
import dev.parley.stack.slack.convert.Commands;
import dev.parley.stack.slack.convert.Directory;
import dev.parley.stack.slack.convert.SlackIds;
import dev.parley.stack.slack.convert.SlackText;
import dev.parley.stack.slack.log.LogCounts;
import dev.parley.stack.slack.log.Tally;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One import from the archive to the counts at its end. Each step can be done again, so the whole
/// can.
final class ImportRun {

  private static final int PEOPLE_AT_ONCE = 1_000;
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);

  private final Settings settings;
  private final Services services;
  private final Progress progress;

  ImportRun(Settings settings, Services services, Progress progress) {
    this.settings = settings;
    this.services = services;
    this.progress = progress;
  }

  /// @return whether everything went in and log, views and index hold the same
  boolean run(Arguments arguments) throws InterruptedException {
    progress.say("Reading " + arguments.archive().getFileName());
    try (SlackArchive archive = SlackArchive.open(arguments.archive(), ArchiveLimits.DEFAULT)) {
      long bytes = archive.conversations().stream().mapToLong(archive::packedBytes).sum();
      Survey survey = Survey.of(archive, read -> progress.show("bytes", read, bytes));
      tell(archive, survey);
      UUID joining = arguments.join() == null ? null : services.account(arguments.join());
      Directory people = importPeople(archive, survey);
      Tally tally = send(archive, survey, people, joining);
      tell(tally);
      return compare() && tally.messages().refused() + tally.conversations().refused() == 0;
    }
  }

  private void tell(SlackArchive archive, Survey survey) {
    progress.say(
        text(
            "  %,d conversations, %,d people, %,d messages",
            archive.conversations().size(), survey.people().size(), survey.messagesTotal()));
    if (survey.edited() > 0) {
      progress.say(
          text("  %,d of them were edited; Slack keeps the last text only", survey.edited()));
    }
    if (!survey.ignored().isEmpty()) {
      progress.say(
          "  not imported: "
              + survey.ignored().entrySet().stream()
                  .map(entry -> text("%,d %s", entry.getValue(), entry.getKey()))
                  .collect(Collectors.joining(", ")));
    }
  }

  private Directory importPeople(SlackArchive archive, Survey survey) {
    SlackIds ids = new SlackIds(archive.workspace());
    List<SlackPerson> all = new ArrayList<>(survey.people().values());
    Map<String, Directory.Entry> directory = new HashMap<>();
    int created = 0;
    for (int start = 0; start < all.size(); start += PEOPLE_AT_ONCE) {
      List<SlackPerson> some = all.subList(start, Math.min(all.size(), start + PEOPLE_AT_ONCE));
      created += services.importPeople(ids, some, directory).created();
      progress.show("people", directory.size(), all.size());
    }
    progress.say(
        text("People         %,9d new, %,9d already there", created, all.size() - created));
    return new Directory(directory);
  }

  private Tally send(SlackArchive archive, Survey survey, Directory people, @Nullable UUID joining)
      throws InterruptedException {
    Tally tally = new Tally();
    try (UserTable keys = new UserTable(settings.kafka(), settings.masterKey())) {
      keys.start();
      awaitKeys(keys, archive, survey);
      try (Sending sending = new Sending(settings, new CommandSealer(keys), tally)) {
        sending.send(
            lanes(archive, people, joining),
            () -> progress.show("messages", tally.messages().decided(), survey.messagesTotal()));
      }
    }
    return tally;
  }

  private Iterator<Lane> lanes(SlackArchive archive, Directory people, @Nullable UUID joining) {
    SlackIds ids = new SlackIds(archive.workspace());
    Map<String, String> titles =
        archive.conversations().stream()
            .collect(Collectors.toMap(SlackConversation::id, SlackConversation::title));
    SlackText text = new SlackText(people, titles::get, settings.textCharsMax());
    return archive.conversations().stream()
        .map(conversation ->
            new Lane(
                new Commands(ids, people, text, conversation, joining),
                archive.history(conversation)))
        .iterator();
  }

  /// The keys of people who were added a moment ago are on their way.
  private void awaitKeys(UserTable keys, SlackArchive archive, Survey survey) {
    SlackIds ids = new SlackIds(archive.workspace());
    keys.awaitLoaded(settings.patience());
    for (SlackPerson person : survey.people().values()) {
      KeyLookup key =
          keys.awaitKey(ids.person(person.id()), settings.patience()).toCompletableFuture().join();
      if (key instanceof KeyLookup.Unknown) {
        throw new ImportFailedException(
            "The people were added, but do not arrive in the log: see `./parley logs identity-service`, then run the import again.");
      }
    }
  }

  private void tell(Tally tally) {
    progress.say(line("Conversations", tally.conversations()));
    progress.say(line("Messages", tally.messages()));
    tally
        .reasons()
        .forEach((reason, times) -> progress.say(text("  refused %,d times: %s", times, reason)));
  }

  private static String line(String what, Tally.Count count) {
    return text(
        "%-14s %,9d new, %,9d already there, %,9d refused",
        what, count.added(), count.there(), count.refused());
  }

  /// Waits for views and index to have what the log has, and shows all three.
  private boolean compare() throws InterruptedException {
    Counts log =
        LogCounts.read(
            settings.kafka(), (read, total) -> progress.show("counting the log", read, total));
    Counts views = await("views", log, services::viewCounts);
    Counts index = await("index", log, services::indexCounts);
    boolean equal = log.imported() == views.imported() && log.imported() == index.imported();
    progress.say(text("%-8s %14s %14s %14s", "", "conversations", "messages", "of them imported"));
    progress.say(row("log", log));
    progress.say(row("views", views));
    progress.say(row("index", index));
    progress.say(
        equal
            ? "Log, views and index hold the same imported messages."
            : "Log, views and index DIFFER: see `./parley status` for how far each of them is.");
    return equal;
  }

  private interface Question {
    Counts ask();
  }

  private Counts await(String what, Counts log, Question question) throws InterruptedException {
    Counts counts = question.ask();
    long best = counts.imported();
    long sinceNanos = System.nanoTime();
    while (counts.imported() < log.imported()
        && System.nanoTime() - sinceNanos < settings.patience().toNanos()) {
      progress.show(what, counts.imported(), log.imported());
      Thread.sleep(LOOK_EVERY);
      counts = question.ask();
      if (counts.imported() > best) {
        best = counts.imported();
        sinceNanos = System.nanoTime();
      }
    }
    return counts;
  }

  private static String row(String name, Counts counts) {
    return text(
        "%-8s %,14d %,14d %,14d",
        name, counts.conversations(), counts.messages(), counts.imported());
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
