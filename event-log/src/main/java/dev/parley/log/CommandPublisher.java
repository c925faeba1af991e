package dev.parley.log;

import dev.parley.schemas.command.CommandCodec;
import dev.parley.schemas.command.CommandEnvelope;
import dev.parley.schemas.personal.PersonalCodec;
import dev.parley.schemas.personal.PersonalEntry;
import dev.parley.schemas.topic.Topics;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/// Appends commands and what members keep to the log. From the moment that a publish completes, it
/// cannot be lost.
public final class CommandPublisher implements AutoCloseable {

  private final RecordPublisher records;

  public CommandPublisher(PublisherConfig config) {
    this.records = new RecordPublisher(config);
  }

  /// Completes when the command is stored; its outcome comes by another way.
  ///
  /// @return fails with [PublishRefusedException]
  public CompletionStage<Void> publish(CommandEnvelope command) {
    return records.publish(
        Topics.COMMANDS, command.conversation().toString(), CommandCodec.encode(command));
  }

  /// Completes when what a member keeps is stored; it needs no decision.
  ///
  /// @return fails with [PublishRefusedException]
  public CompletionStage<Void> publish(PersonalEntry entry) {
    return records.publishBeside(
        Topics.MARKS,
        entry.conversation().toString(),
        PersonalCodec.key(entry),
        PersonalCodec.encode(entry));
  }

  /// See [RecordPublisher#prepare].
  public void prepare(Duration wait) {
    records.prepare(Topics.COMMANDS, wait);
    records.prepare(Topics.MARKS, wait);
  }

  @Override
  public void close() {
    records.close();
  }
}
