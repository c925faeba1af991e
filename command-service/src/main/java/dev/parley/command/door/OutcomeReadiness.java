package dev.parley.command.door;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Whether outcomes arrive from Redis. Without them the door still takes commands, and answers 202.
@Readiness
@ApplicationScoped
public class OutcomeReadiness implements HealthCheck {

  private final DoorParts parts;

  @Inject
  OutcomeReadiness(DoorParts parts) {
    this.parts = parts;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("outcomes").status(parts.hearsOutcomes()).build();
  }
}
