package dev.parley.bench.conformance;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/// The command line of the conformance suite. Ends with 1 if something deviates, 2 if it was called
/// wrongly.
public final class Conformance {

  private static final String HELP =
      """
      Usage: conformance [--transcripts DIR] [--only PART] server [--url URL] [--edges WS,WS]
             conformance [--transcripts DIR] [--only PART] client -- COMMAND...
        server   plays the clients of DIR/server/*.jsonl against a running Parley
        client   plays the server of DIR/client/*.jsonl to the client that COMMAND starts, which
                 reads instructions and writes reports, a JSON object a line
      """;

  // They mostly wait. Transcripts of servers share their people, so they go one by one.
  private static final int CLIENTS_AT_ONCE = 8;

  private interface Player {
    void play(Transcript transcript) throws Deviation, InterruptedException;
  }

  private Conformance() {}

  public static void main(String[] arguments) throws InterruptedException {
    var words = new ArrayList<>(List.of(arguments));
    var folder = Path.of(option(words, "--transcripts", "conformance"));
    var only = option(words, "--only", "");
    var url = option(words, "--url", "http://127.0.0.1:8080");
    var edges = option(words, "--edges", url.replaceFirst("^http", "ws") + "/ws");
    boolean passed;
    if (words.equals(List.of("server"))) {
      try (var clients = new ClientSide(URI.create(url), uris(edges))) {
        passed = play(chosen(folder.resolve("server"), only), clients::play, 1);
      }
    } else if (words.size() > 2 && words.subList(0, 2).equals(List.of("client", "--"))) {
      var command = List.copyOf(words.subList(2, words.size()));
      var server = new ServerSide(reports -> new ProcessClient(command, reports));
      passed = play(chosen(folder.resolve("client"), only), server::play, CLIENTS_AT_ONCE);
    } else {
      System.err.print(HELP);
      System.exit(2);
      return;
    }
    System.exit(passed ? 0 : 1);
  }

  private static boolean play(List<Transcript> transcripts, Player player, int atOnce)
      throws InterruptedException {
    int deviations = 0;
    try (var players = Executors.newFixedThreadPool(atOnce)) {
      var found =
          transcripts.stream()
              .map(transcript -> players.submit(() -> deviation(transcript, player)))
              .toList();
      for (int i = 0; i < found.size(); i++) {
        var transcript = transcripts.get(i);
        var deviation = get(found.get(i));
        if (deviation.isEmpty()) {
          System.out.println("ok       " + transcript.name());
        } else {
          deviations++;
          System.out.println("DEVIATES " + transcript.name() + ": " + transcript.about());
          System.out.println("    " + deviation);
        }
      }
    }
    System.out.printf("%d transcripts, %d deviate%n", transcripts.size(), deviations);
    return deviations == 0;
  }

  private static String deviation(Transcript transcript, Player player)
      throws InterruptedException {
    try {
      player.play(transcript);
      return "";
    } catch (Deviation deviation) {
      return String.valueOf(deviation.getMessage());
    }
  }

  private static String get(Future<String> found) throws InterruptedException {
    try {
      return found.get();
    } catch (ExecutionException failed) {
      return "could not be played: " + failed.getCause();
    }
  }

  private static List<Transcript> chosen(Path folder, String part) {
    return Transcript.of(folder).stream().filter(t -> t.name().contains(part)).toList();
  }

  private static List<URI> uris(String list) {
    return Stream.of(list.split(",")).map(URI::create).toList();
  }

  private static String option(List<String> words, String name, String absent) {
    int end = words.indexOf("--");
    int at = words.indexOf(name);
    if (at < 0 || (end >= 0 && at > end) || at + 1 >= words.size()) {
      return absent;
    }
    words.remove(at);
    return words.remove(at);
  }
}
