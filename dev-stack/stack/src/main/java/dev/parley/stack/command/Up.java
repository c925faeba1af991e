package dev.parley.stack.command;

import dev.parley.stack.doctor.Doctor;
import dev.parley.stack.doctor.Finding;
import dev.parley.stack.plan.Folders;
import dev.parley.stack.plan.Options;
import dev.parley.stack.plan.Plan;
import dev.parley.stack.plan.Secrets;
import dev.parley.stack.plan.Staging;
import dev.parley.stack.process.AotCache;
import dev.parley.stack.process.Checkout;
import dev.parley.stack.process.JavaCommand;
import dev.parley.stack.process.Starter;
import dev.parley.stack.supervise.Progress;
import dev.parley.stack.supervise.StackState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Starts the supervisor, detached from this terminal, and follows it until the stack is ready or
/// cannot be.
final class Up {

  private static final int LOG_LINES = 15;

  private final Arguments arguments;
  private final Options options;
  private final Folders folders;

  Up(Arguments arguments) {
    this.arguments = arguments;
    this.options = arguments.options();
    this.folders = new Folders(options.data());
  }

  int run() throws IOException, InterruptedException {
    if (tellIfRunning(folders)) {
      return 0;
    }
    awaitRest();
    Plan plan = new Plan(options, folders, Secrets.ofFolder(folders.secrets()));
    List<Finding> problems = Doctor.beforeStart(plan, options.data());
    problems.forEach(problem -> System.err.println(problem.sentence()));
    if (problems.stream().anyMatch(Finding::prevents)) {
      return 1;
    }
    Files.createDirectories(folders.run());
    Files.createDirectories(folders.logs());
    Files.deleteIfExists(folders.progress());
    OldLogs.putAside(folders.logs());
    Staging.stage(Checkout.root().resolve("dev-stack/stack/target/stack"), folders.app("stack"));
    plan.stage();
    Process supervisor = startSupervisor();
    return follow(supervisor);
  }

  static boolean tellIfRunning(Folders folders) throws IOException {
    if (!RunningStack.isSupervised(folders)) {
      return false;
    }
    String url = RunningStack.state(folders).map(StackState::url).orElse("(starting)");
    System.out.println("Parley is running already: " + url + "  (./parley status says how it is)");
    return true;
  }

  /// After a supervisor was killed, the guards need a moment to end its children.
  private void awaitRest() throws IOException, InterruptedException {
    Optional<StackState> last = RunningStack.state(folders);
    if (last.isPresent()) {
      Down.awaitEnd(last.get());
    }
  }

  private Process startSupervisor() throws IOException {
    List<String> command = new ArrayList<>();
    // A session of its own where there is setsid, so that closing this terminal ends nothing.
    command.addAll(
        List.of(
            "sh",
            "-c",
            "trap '' INT HUP; if command -v setsid >/dev/null; then exec setsid \"$@\"; fi; exec \"$@\"",
            "supervisor"));
    command.addAll(
        List.of(
            JavaCommand.executable(),
            "-Xmx64m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseCompactObjectHeaders",
            "-Dparley.root=" + Checkout.root()));
    command.addAll(AotCache.inherited());
    command.addAll(
        List.of(
            "-cp",
            JavaCommand.classPath(folders.app("stack")),
            Parley.class.getName(),
            "supervise",
            "--data",
            options.data().toString(),
            "--offset",
            Integer.toString(options.offset()),
            "--edges",
            Integer.toString(options.edges()),
            "--deciders",
            Integer.toString(options.deciders()),
            "--only",
            String.join(",", options.only())));
    if (options.lines() == Options.Lines.TLS) {
      command.add("--tls");
    }
    return new ProcessBuilder(command)
        .redirectInput(Path.of("/dev/null").toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folders.log("supervisor").toFile()))
        .start();
  }

  private int follow(Process supervisor) throws IOException, InterruptedException {
    Follower lines = new Follower(folders.progress());
    while (true) {
      boolean alive = supervisor.isAlive();
      for (String line : lines.more()) {
        if (line.startsWith(Progress.READY)) {
          celebrate(line.substring(Progress.READY.length()));
          return 0;
        }
        if (line.startsWith(Progress.FAILED)) {
          System.err.println("Failed: " + line.substring(Progress.FAILED.length()));
          supervisor.waitFor();
          return 1;
        }
        if (!line.startsWith(Progress.STOPPED)) {
          System.out.println(line);
        }
      }
      if (!alive) {
        Starter.tail(folders.log("supervisor"), LOG_LINES).forEach(System.err::println);
        System.err.println(
            "The supervisor ended while Parley was starting; those are its last lines.");
        return 1;
      }
      Thread.sleep(100);
    }
  }

  private void celebrate(String secondsAndUrl) {
    int space = secondsAndUrl.indexOf(' ');
    String url = secondsAndUrl.substring(space + 1);
    System.out.printf("%nParley is up after %s s: %s%n%n", secondsAndUrl.substring(0, space), url);
    if (!arguments.flags().contains("--quiet")) {
      System.out.println("  Open it in two windows, register two people, and chat.");
      System.out.println("  ./parley import FILE.zip       brings in a Slack export");
      System.out.println(
          "  ./parley status                says how each process is; logs NAME shows its log");
      System.out.println("  ./parley down                  stops all and keeps the data");
    }
  }
}
