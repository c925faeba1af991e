package dev.parley.stack.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.stack.plan.Folders;
import dev.parley.stack.plan.Plan;
import dev.parley.stack.plan.Secrets;
import dev.parley.stack.plan.ServiceUnit;
import dev.parley.stack.plan.Step;
import dev.parley.stack.process.Unit;
import dev.parley.stack.supervise.StackState;
import dev.parley.stack.supervise.UnitState;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// How one process is at this moment, by its own word.
///
/// @param detail what is wrong, in short; empty when nothing is
record Health(boolean isWell, String word, String detail) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofSeconds(5);

  static Health of(UnitState unit, StackState state) {
    return switch (unit.phase()) {
      case WAITING -> new Health(false, "waiting", "for what it needs");
      case STARTING -> new Health(false, "starting", unit.note());
      case DOWN -> new Health(false, "down", unit.note());
      case STOPPED -> new Health(false, "stopped", "");
      case RUNNING -> running(unit, state);
    };
  }

  private static Health running(UnitState unit, StackState state) {
    if (!Liveness.isAlive(unit)) {
      return new Health(false, "gone", "there is no such process any more");
    }
    Unit planned = planned(unit, state);
    if (planned instanceof ServiceUnit service) {
      return service(service);
    }
    return planned.ready()
        ? new Health(true, "healthy", "")
        : new Health(false, "silent", "it runs, but does not answer on its port");
  }

  private static Unit planned(UnitState unit, StackState state) {
    // Probes need names and ports only, no secrets.
    Plan plan =
        new Plan(state.options(), new Folders(state.options().data()), new Secrets("", "", ""));
    return plan.steps().stream()
        .map(Step::unit)
        .filter(planned -> planned.name().equals(unit.name()))
        .findFirst()
        .orElseThrow();
  }

  private static Health service(ServiceUnit service) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(service.readyUrl())).timeout(LIMIT).build();
    try (HttpClient client = service.encryption().client(LIMIT)) {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() == 200
          ? new Health(true, "healthy", "")
          : new Health(false, "unwell", complaints(answer.body()));
    } catch (IOException e) {
      return new Health(false, "silent", "it runs, but does not answer on its port");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Health(false, "silent", "interrupted");
    }
  }

  /// Names and data of the checks that are down.
  private static String complaints(String body) {
    List<String> complaints = new ArrayList<>();
    try {
      for (JsonNode check : JSON.readTree(body).path("checks")) {
        if (!"UP".equals(check.path("status").asText())) {
          complaints.add(check.path("name").asText() + " " + check.path("data"));
        }
      }
    } catch (IOException e) {
      return "its health cannot be read";
    }
    return String.join("; ", complaints);
  }
}
