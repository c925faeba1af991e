package dev.parley.simulation;

import dev.parley.schemas.content.ContentKey;
import dev.parley.schemas.content.ContentReader;
import dev.parley.schemas.content.KeyLookup;
import dev.parley.schemas.content.Keyring;
import dev.parley.schemas.topic.Topics;
import dev.parley.schemas.user.UserCodec;
import dev.parley.schemas.user.UserProfile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Everybody, their keys, and who was erased.
final class People implements Keyring {

  private final Scheduler scheduler;
  private final Trace trace;
  private final KafkaLog log;
  private final List<UUID> all = new ArrayList<>();
  private final Map<UUID, ContentKey> keys = new HashMap<>();
  private final Map<UUID, Long> erasedAtMillis = new HashMap<>();

  People(Scheduler scheduler, Trace trace, KafkaLog log) {
    this.scheduler = scheduler;
    this.trace = trace;
    this.log = log;
  }

  UUID add(UUID person, String name) {
    all.add(trace.named(person, name));
    keys.put(person, ContentKey.random());
    return person;
  }

  List<UUID> all() {
    return Collections.unmodifiableList(all);
  }

  /// The key is no more, and everybody is told.
  void erase(UUID person) {
    if (erasedAtMillis.putIfAbsent(person, scheduler.nowMillis()) == null) {
      trace.step(trace.name(person), "is erased");
      var profile = new UserProfile(person, 2, "", "", 0, null, true, false);
      log.append(
          log.partition(Topics.USERS, person.toString()),
          new KafkaLog.Entry(
              person.toString(), UserCodec.encode(profile), scheduler.nowMillis(), null),
          null);
    }
  }

  boolean isErased(UUID person) {
    return erasedAtMillis.containsKey(person);
  }

  @Override
  public KeyLookup keyOf(UUID person) {
    return keyAt(person, scheduler.nowMillis());
  }

  /// As somebody knows it who has read up to `millis`.
  KeyLookup keyAt(UUID person, long millis) {
    return erasedAtMillis.getOrDefault(person, Long.MAX_VALUE) <= millis
        ? new KeyLookup.Erased()
        : known(person);
  }

  /// Opens also what nobody can open any more.
  ContentReader whole() {
    return new ContentReader(this::known);
  }

  private KeyLookup known(UUID person) {
    var key = keys.get(person);
    return key == null ? new KeyLookup.Unknown() : new KeyLookup.Known(key);
  }
}
