package dev.parley.tokens;

import dev.parley.log.RevocationTable;
import dev.parley.log.UserTable;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// A door is ready once it knows who was suspended and what was revoked, and not while a record
/// about that could not be read. A log that is away later does not make it red: what is known
/// stays.
@Readiness
@Singleton
public class StandingHealth implements HealthCheck {

  private final UserTable users;
  private final RevocationTable revocations;

  StandingHealth(UserTable users, RevocationTable revocations) {
    this.users = users;
    this.revocations = revocations;
  }

  @Override
  public HealthCheckResponse call() {
    var answer =
        HealthCheckResponse.named("people and revocations")
            .withData("people-read", users.isLoaded())
            .withData("revocations-read", revocations.isLoaded());
    var unreadable = users.broken() != null ? users.broken() : revocations.broken();
    if (unreadable != null) {
      answer.withData("unreadable", unreadable);
    }
    return answer.status(users.isLoaded() && revocations.isLoaded() && unreadable == null).build();
  }
}
