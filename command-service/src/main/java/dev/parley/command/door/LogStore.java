package dev.parley.command.door;

import dev.parley.command.CommandServiceConfig;
import dev.parley.log.CommandPublisher;
import dev.parley.log.PublishRefusedException;
import dev.parley.log.UserTable;
import dev.parley.schemas.command.CommandEnvelope;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.personal.PersonalEntry;
import dev.parley.schemas.wire.CommandInput;
import dev.parley.schemas.wire.CommandSealer;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Seals and appends to the log, and waits until it is there. Blocks its (virtual) thread.
final class LogStore {

  private final CommandServiceConfig.Door config;
  private final UserTable users;
  private final CommandSealer sealer;
  private final CommandPublisher publisher;

  LogStore(CommandServiceConfig config, UserTable users, CommandPublisher publisher) {
    this.config = config.door();
    this.users = users;
    this.sealer = new CommandSealer(users);
    this.publisher = publisher;
  }

  /// The key of a person who has just registered travels in its own topic: waits for it a little.
  CommandSealer.Result seal(CommandInput.Read read, UUID actor) {
    CommandSealer.Result first = sealOnce(read, actor);
    if (first instanceof CommandSealer.Result.KeyMissing) {
      awaitKey(actor);
      return sealOnce(read, actor);
    }
    return first;
  }

  /// Appends a command that is sealed; null: stored.
  Answer.@Nullable Refused store(CommandEnvelope sealed) {
    return stored(publisher.publish(sealed));
  }

  /// Seals and appends what is kept of a person; null: stored.
  Answer.@Nullable Refused keep(PersonalEntry entry) {
    var sealed = sealer.seal(entry);
    if (sealed.isEmpty()) {
      awaitKey(entry.user());
      sealed = sealer.seal(entry);
    }
    return sealed.isEmpty() ? accountMissing() : stored(publisher.publish(sealed.get()));
  }

  static Answer.Refused accountMissing() {
    return new Answer.Refused(ErrorCode.UNAVAILABLE, "Your account has not arrived here yet.");
  }

  private CommandSealer.Result sealOnce(CommandInput.Read read, UUID actor) {
    return sealer.seal(read.command(), read.conversation(), read.commandId(), actor);
  }

  private void awaitKey(UUID person) {
    users.awaitKey(person, config.keyWait()).toCompletableFuture().join();
  }

  private Answer.@Nullable Refused stored(CompletionStage<Void> publishing) {
    try {
      publishing.toCompletableFuture().get(config.storeTimeout().toMillis(), TimeUnit.MILLISECONDS);
      return null;
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof PublishRefusedException refused) {
        return new Answer.Refused(refused.code(), "The log did not take the command.");
      }
      throw new IllegalStateException("Publishing failed", failed.getCause());
    } catch (TimeoutException late) {
      return new Answer.Refused(
          ErrorCode.UNAVAILABLE, "The log did not confirm the command in time; it may be stored.");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return new Answer.Refused(ErrorCode.UNAVAILABLE, "The service is stopping.");
    }
  }
}
