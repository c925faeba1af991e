package dev.parley.bench.load;

import dev.parley.bench.cost.StackProcesses;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/// What the rows share: a running Parley, people of this run, sockets, and the stack's processes
/// where they can be seen.
public record TestBed(Stage stage, Fleet fleet, People people, Optional<StackProcesses> processes)
    implements AutoCloseable {

  /// @param data the stack's folder; empty where it runs elsewhere
  /// @param loops threads of this driver
  public static TestBed at(URI origin, List<URI> edges, String data, int loops) {
    var stage = Stage.open(origin, edges, loops);
    return new TestBed(stage, new Fleet(loops), new People(stage), StackProcesses.in(data));
  }

  @Override
  public void close() {
    fleet.close();
    stage.close();
  }
}
