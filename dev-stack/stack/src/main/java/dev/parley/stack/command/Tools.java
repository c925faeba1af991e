package dev.parley.stack.command;

import dev.parley.stack.process.Checkout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/// Commands whose arguments belong to another program. Only a leading `--data DIR` is ours.
final class Tools {

  private static final Set<String> NAMES = Set.of("import", "bench", "check", "with-stack");

  // These work on any deployment, and tell how to do it without one.
  private static final Set<String> MEASURES = Set.of("bench", "check");
  private static final Set<String> ELSEWHERE = Set.of("--url", "--help");

  private Tools() {}

  static boolean named(String command) {
    return NAMES.contains(command);
  }

  static int run(String command, List<String> typed) throws IOException, InterruptedException {
    boolean given = typed.size() >= 2 && typed.getFirst().equals("--data");
    Path data = given ? Path.of(typed.get(1)) : Checkout.root().resolve(".parley");
    boolean here = given || !MEASURES.contains(command) || Collections.disjoint(typed, ELSEWHERE);
    Tool tool = here ? Tool.of(data.toAbsolutePath().normalize()) : Tool.elsewhere();
    List<String> theirs = given ? typed.subList(2, typed.size()) : typed;
    return switch (command) {
      case "import" -> tool.importHistory(theirs);
      case "bench" -> tool.bench(theirs);
      case "check" -> tool.check(theirs);
      default -> tool.command(theirs);
    };
  }
}
