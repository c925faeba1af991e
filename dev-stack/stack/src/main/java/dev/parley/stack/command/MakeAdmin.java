package dev.parley.stack.command;

import dev.parley.stack.plan.Encryption;
import dev.parley.stack.plan.Folders;
import dev.parley.stack.plan.Secrets;
import dev.parley.stack.supervise.StackState;
import dev.parley.stack.supervise.UnitState;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/// Makes a person an admin of the deployment: the first one has nobody else who could.
final class MakeAdmin {

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Pattern NAME = Pattern.compile("[a-z0-9_.-]{2,32}");

  private final Folders folders;

  MakeAdmin(Folders folders) {
    this.folders = folders;
  }

  int run(List<String> words) throws IOException, InterruptedException {
    if (words.size() != 1 || !NAME.matcher(words.getFirst()).matches()) {
      throw new CommandFailed("Say who: ./parley admin NAME, the name that they log in with.");
    }
    String name = words.getFirst();
    HttpResponse<String> answer = ask(name);
    if (answer.statusCode() == 404) {
      throw new CommandFailed("Nobody has the name " + name + ": they must register first.");
    }
    if (answer.statusCode() != 200) {
      throw new CommandFailed("The service refused (%d).".formatted(answer.statusCode()));
    }
    System.out.println(name + " is an admin from the next login or refresh on.");
    return 0;
  }

  private HttpResponse<String> ask(String name) throws IOException, InterruptedException {
    StackState state = RunningStack.expected(folders);
    int port =
        state.units().stream()
            .filter(unit -> unit.name().equals("identity-service"))
            .map(UnitState::port)
            .findFirst()
            .orElseThrow(() -> new CommandFailed("This stack runs without identity-service."));
    Encryption encryption = Encryption.of(state.options(), folders);
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(
                    encryption.http()
                        + "://127.0.0.1:"
                        + port
                        + "/internal/people/"
                        + name
                        + "/admin"))
            .PUT(HttpRequest.BodyPublishers.noBody())
            .header("Parley-Operator", Secrets.ofFolder(folders.secrets()).operator())
            .timeout(LIMIT)
            .build();
    try {
      return encryption.client(LIMIT).send(request, HttpResponse.BodyHandlers.ofString());
    } catch (ConnectException e) {
      throw new CommandFailed("The service does not answer: ./parley status says why.");
    }
  }
}
