package dev.parley.stack.command;

import dev.parley.stack.plan.Folders;
import dev.parley.stack.plan.Plan;
import dev.parley.stack.plan.Secrets;
import dev.parley.stack.process.Checkout;
import dev.parley.stack.process.JavaCommand;
import dev.parley.stack.supervise.StackState;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A program of another module that works on a stack, in this terminal. Of one that runs here it
/// gets the addresses and secrets as environment variables, so that they show up in no list of
/// processes.
final class Tool {

  private static final String HEAP = "-Xmx1g";
  // Keeps some hundred bytes of each message and delivery until the end.
  private static final String CHECK_HEAP = "-Xmx3g";

  // By which Kafka knows them where lines are encrypted.
  private static final String IMPORT = "import";
  private static final String CHECK = "check";

  private final @Nullable Plan plan;

  private Tool(@Nullable Plan plan) {
    this.plan = plan;
  }

  /// For the stack that runs with this data.
  static Tool of(Path data) throws IOException {
    Folders folders = new Folders(data);
    StackState state = RunningStack.expected(folders);
    return new Tool(new Plan(state.options(), folders, Secrets.ofFolder(folders.secrets())));
  }

  /// For a deployment that is named by what was typed, and by this process' own environment.
  static Tool elsewhere() {
    return new Tool(null);
  }

  int importHistory(List<String> typed) throws IOException, InterruptedException {
    if (typed.isEmpty()) {
      throw new CommandFailed("Say what to import: ./parley import FILE.zip, a Slack export.");
    }
    return run("dev-stack/import", "dev.parley.stack.slack.SlackImport", HEAP, IMPORT, typed);
  }

  int bench(List<String> typed) throws IOException, InterruptedException {
    if (plan != null && plan.isEncrypted()) {
      throw new CommandFailed(
          "The bench measures the engines beside the services, and these let nobody else in: start the stack without --tls.");
    }
    return run("bench", "dev.parley.bench.Bench", HEAP, CHECK, addressed(typed));
  }

  int check(List<String> typed) throws IOException, InterruptedException {
    if (plan != null && plan.isEncrypted() && typed.contains("--faults")) {
      throw new CommandFailed(
          "Faults are done to a stack without encryption: start it without --tls.");
    }
    return run("bench", "dev.parley.bench.CheckMain", CHECK_HEAP, CHECK, addressed(typed));
  }

  /// What was typed, and where the stack is unless that says it.
  private List<String> addressed(List<String> typed) {
    List<String> arguments = new ArrayList<>();
    if (plan != null) {
      usual(arguments, typed, "--url", plan.local());
      usual(arguments, typed, "--edges", String.join(",", plan.edgeSockets()));
      usual(arguments, typed, "--kafka", plan.kafka());
    }
    arguments.addAll(typed);
    return arguments;
  }

  /// Any command, with the stack's environment.
  int command(List<String> command) throws IOException, InterruptedException {
    return command(command, IMPORT);
  }

  private int command(List<String> command, String name) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    if (plan != null) {
      builder.environment().putAll(plan.environment(name));
    }
    Process process = builder.start();
    // Told to end, it passes that on and waits for the program's own end.
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process)));
    return process.waitFor();
  }

  private static void usual(List<String> arguments, List<String> typed, String flag, String value) {
    if (!typed.contains(flag)) {
      arguments.add(flag);
      arguments.add(value);
    }
  }

  private int run(String module, String main, String heap, String name, List<String> arguments)
      throws IOException, InterruptedException {
    Path target = Checkout.root().resolve(module).resolve("target");
    if (Files.notExists(target.resolve("lib"))) {
      throw new CommandFailed(module + " is not built: run ./parley up, which builds it.");
    }
    List<String> command =
        new ArrayList<>(
            List.of(
                JavaCommand.executable(),
                heap,
                "-XX:+UseCompactObjectHeaders",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dparley.root=" + Checkout.root(),
                "-cp",
                JavaCommand.classPath(target)
                    + File.pathSeparator
                    + JavaCommand.classPath(target.resolve("lib"))));
    if (plan != null) {
      command.addAll(plan.jvmFlags());
    }
    command.add(main);
    command.addAll(arguments);
    return command(command, name);
  }

  private static void end(Process process) {
    process.destroy();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
