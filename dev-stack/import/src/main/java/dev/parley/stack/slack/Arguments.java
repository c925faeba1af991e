package dev.parley.stack.slack;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What was asked for on the command line.
///
/// @param join name of an account that becomes a member of every imported channel; null: nobody
record Arguments(Path archive, @Nullable String join) {

  static final String USAGE =
      """
      Usage: parley import FILE.zip [--join NAME]

      Brings people, conversations, threads and messages of a Slack export in, with their times and authors.
      Run it again at any time: what is there already is not added twice.

        --join NAME   the account NAME becomes a member of every imported channel\
      """;

  /// @throws ImportFailedException if they are not as in [#USAGE]
  static Arguments parse(String... arguments) {
    Path archive = null;
    String join = null;
    for (int i = 0; i < arguments.length; i++) {
      String argument = arguments[i];
      if (argument.equals("--join") && i + 1 < arguments.length) {
        join = arguments[++i];
      } else if (argument.startsWith("--join=")) {
        join = argument.substring("--join=".length());
      } else if (argument.startsWith("-") || archive != null) {
        throw new ImportFailedException("What is " + argument + "?\n\n" + USAGE);
      } else {
        archive = path(argument);
      }
    }
    if (archive == null) {
      throw new ImportFailedException(USAGE);
    }
    return new Arguments(archive, join);
  }

  private static Path path(String argument) {
    try {
      return Path.of(argument);
    } catch (InvalidPathException e) {
      throw new ImportFailedException(argument + " is no file name.");
    }
  }
}
