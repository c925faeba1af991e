package dev.parley.projection.api;

import dev.parley.log.PublisherConfig;
import dev.parley.log.RecordPublisher;
import dev.parley.projection.testing.Conversation;
import dev.parley.projection.testing.Person;
import dev.parley.schemas.content.MasterKey;
import dev.parley.schemas.personal.Personal;
import dev.parley.schemas.personal.PersonalCodec;
import dev.parley.schemas.personal.PersonalEntry;
import dev.parley.schemas.topic.Topics;
import dev.parley.schemas.user.UserCodec;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Stands in for the decider and identity-service: writes what they would to the real log.
@ApplicationScoped
public class LogWriter {

  private static final Duration WAIT = Duration.ofSeconds(20);

  private final MasterKey masterKey;
  private final RecordPublisher publisher;
  private final Map<UUID, Integer> written = new HashMap<>();

  LogWriter(
      @ConfigProperty(name = "parley.kafka.bootstrap-servers") String bootstrap,
      @ConfigProperty(name = "parley.master-key") String masterKey) {
    this.masterKey = MasterKey.ofBase64(masterKey);
    this.publisher = new RecordPublisher(PublisherConfig.of(bootstrap, "test"));
    publisher.prepare(Topics.EVENTS, WAIT);
    publisher.prepare(Topics.USERS, WAIT);
    publisher.prepare(Topics.MARKS, WAIT);
  }

  public Person newPerson() {
    var person = Person.random();
    publisher
        .publish(Topics.USERS, person.id().toString(), UserCodec.encode(person.profile(masterKey)))
        .toCompletableFuture()
        .join();
    return person;
  }

  /// As identity-service tells of somebody who is erased.
  public void erase(Person person) {
    publisher
        .publish(Topics.USERS, person.id().toString(), UserCodec.encode(person.erased()))
        .toCompletableFuture()
        .join();
  }

  /// What a member keeps, as an edge would write it.
  public void keep(Conversation conversation, Person person, Personal value) {
    var entry = new PersonalEntry(conversation.id(), person.id(), 1_000, false, value);
    publisher
        .publishBeside(
            Topics.MARKS,
            conversation.id().toString(),
            PersonalCodec.key(entry),
            PersonalCodec.encode(entry))
        .toCompletableFuture()
        .join();
  }

  /// Writes the events that were added since it was last written.
  public void write(Conversation conversation) {
    int from = written.getOrDefault(conversation.id(), 0);
    var events = conversation.events().subList(from, conversation.events().size());
    var stored =
        events.stream()
            .map(event ->
                publisher
                    .publish(Topics.EVENTS, conversation.id().toString(), event.record())
                    .toCompletableFuture())
            .toArray(CompletableFuture[]::new);
    CompletableFuture.allOf(stored).join();
    written.put(conversation.id(), conversation.events().size());
  }
}
