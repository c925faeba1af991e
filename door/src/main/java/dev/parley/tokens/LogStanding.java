package dev.parley.tokens;

import dev.parley.log.RevocationTable;
import dev.parley.log.UserTable;
import dev.parley.schemas.session.Revocation;
import dev.parley.schemas.user.UserProfile;
import dev.parley.tokens.Verdict.Reason;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Which people and sessions still stand, as the log tells.
final class LogStanding implements Standing {

  private final UserTable users;
  private final RevocationTable revocations;
  private final List<Consumer<Ended>> listeners = new CopyOnWriteArrayList<>();

  LogStanding(UserTable users, RevocationTable revocations) {
    this.users = users;
    this.revocations = revocations;
    users.onChange(this::changed);
    revocations.onRevocation(this::revoked);
  }

  @Override
  public boolean isKnown() {
    return users.isLoaded() && revocations.isLoaded();
  }

  @Override
  public CompletionStage<Void> known() {
    return users.loaded().thenCombine(revocations.loaded(), (people, _) -> people);
  }

  @Override
  public boolean knows(UUID person) {
    return users.profile(person) != null;
  }

  @Override
  public @Nullable Reason ended(Caller caller) {
    if (revocations.revoked(caller.user(), caller.session(), caller.issuedAtMillis())) {
      return Reason.REVOKED;
    }
    var person = users.profile(caller.user());
    if (person == null) {
      return null;
    }
    return person.erased() ? Reason.ERASED : person.suspended() ? Reason.SUSPENDED : null;
  }

  @Override
  public void onEnd(Consumer<Ended> listener) {
    listeners.add(listener);
  }

  private void changed(UserProfile person) {
    if (person.erased()) {
      tell(new Ended.Erased(person.id()));
    } else if (person.suspended()) {
      tell(new Ended.Suspended(person.id()));
    }
  }

  private void revoked(Revocation revocation) {
    tell(
        switch (revocation) {
          case Revocation.OfSession(var user, var session, _) -> new Ended.Session(user, session);
          case Revocation.OfPerson(var user, var at) -> new Ended.Tokens(user, at);
        });
  }

  private void tell(Ended ended) {
    listeners.forEach(listener -> listener.accept(ended));
  }
}
