package dev.parley.stack.slack;

import dev.parley.stack.slack.archive.ArchiveRefusedException;
import java.io.Console;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// `parley import`: brings a Slack export in through the command log and the decider.
///
/// Exit codes: 0 all is in and counts are equal; 1 the archive or the arguments are refused,
/// nothing was stored; 2 the import stopped, run it again; 3 it is in, but something was refused or
/// the counts differ.
public final class SlackImport {

  private static final int REFUSED = 1;
  private static final int STOPPED = 2;
  private static final int DIFFERENT = 3;

  private SlackImport() {}

  public static void main(String[] arguments) {
    Console console = System.console();
    boolean terminal = console != null && console.isTerminal();
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.exit(run(System.getenv(), out, terminal, arguments));
  }

  /// @return the exit code
  static int run(
      Map<String, String> environment, PrintStream out, boolean terminal, String... arguments) {
    Progress progress = new Progress(out, terminal);
    long begin = System.nanoTime();
    Arguments asked;
    try {
      asked = Arguments.parse(arguments);
    } catch (ImportFailedException e) {
      progress.say(String.valueOf(e.getMessage()));
      return REFUSED;
    }
    try {
      Settings settings = Settings.of(environment);
      try (Services services = new Services(settings)) {
        boolean complete = new ImportRun(settings, services, progress).run(asked);
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin);
        progress.say("Done in " + Progress.time(seconds) + ".");
        return complete ? 0 : DIFFERENT;
      }
    } catch (ArchiveRefusedException e) {
      progress.say(e.getMessage() + " Nothing was imported.");
      return REFUSED;
    } catch (ImportFailedException e) {
      progress.say(String.valueOf(e.getMessage()));
      return STOPPED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      progress.say("Stopped; run the import again, it goes on where it was.");
      return STOPPED;
    }
  }
}
