package dev.parley.command;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;

/// The name of this node, the same for as long as it runs.
@ApplicationScoped
public class Node {

  private final String name;

  @Inject
  Node(CommandServiceConfig config) {
    this.name =
        config
            .node()
            .filter(given -> !given.isBlank())
            .orElseGet(() -> "command-" + UUID.randomUUID());
  }

  public String name() {
    return name;
  }
}
