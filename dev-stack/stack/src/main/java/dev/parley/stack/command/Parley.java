package dev.parley.stack.command;

import dev.parley.schemas.id.Ids;
import dev.parley.stack.plan.Folders;
import dev.parley.stack.replay.Replay;
import dev.parley.stack.supervise.Supervisor;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/// Entry point of the script `parley`, which finds a JDK and builds what is missing first.
public final class Parley {

  private Parley() {}

  public static void main(String[] args) throws Exception {
    if (args.length == 0) {
      throw new IllegalArgumentException("Expected a command");
    }
    System.exit(exitCode(args[0], Arrays.asList(args).subList(1, args.length)));
  }

  private static int exitCode(String command, List<String> typed) throws InterruptedException {
    try {
      return Tools.named(command)
          ? Tools.run(command, typed)
          : run(command, Arguments.parse(typed));
    } catch (CommandFailed | IllegalArgumentException e) {
      System.err.println(e.getMessage());
      return 1;
    } catch (IOException e) {
      System.err.println("parley " + command + " failed: " + e);
      return 1;
    }
  }

  private static int run(String command, Arguments arguments)
      throws IOException, InterruptedException {
    return switch (command) {
      case "up" -> new Up(arguments).run();
      case "supervise" -> {
        Supervisor.run(arguments.options());
        yield 0;
      }
      case "down" -> new Down(arguments.data()).run();
      case "status" -> new Status(arguments.data()).run();
      case "logs" -> new Logs(arguments.data()).run(arguments);
      case "doctor" -> new Examine(arguments).run();
      case "replay" -> replay(arguments);
      case "admin" -> new MakeAdmin(folders(arguments)).run(arguments.words());
      case "is-up" -> Up.tellIfRunning(folders(arguments)) ? 0 : 1;
      case "id" -> {
        System.out.println(Ids.uuid7());
        yield 0;
      }
      case "url" -> {
        System.out.println(RunningStack.expected(folders(arguments)).url());
        yield 0;
      }
      default -> throw new CommandFailed("There is no command " + command + ".");
    };
  }

  private static int replay(Arguments arguments) throws IOException, InterruptedException {
    if (arguments.words().size() != 1) {
      throw new CommandFailed("Say what to replay: ./parley replay views, or search.");
    }
    var folders = folders(arguments);
    var state = RunningStack.expected(folders);
    var replay = Replay.of(arguments.words().getFirst(), state, folders);
    return arguments.flags().contains("--back") ? replay.back() : replay.start();
  }

  private static Folders folders(Arguments arguments) {
    return new Folders(arguments.data());
  }
}
