package dev.parley.projection.delivery;

import dev.parley.log.Batch;
import dev.parley.log.LogEntry;
import dev.parley.log.LogPartition;
import dev.parley.log.Projection;
import dev.parley.projection.config.ProjectionConfig;
import dev.parley.schemas.topic.Topics;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/// Hands every event to Redis as soon as it can be read: into the tail of its conversation and to
/// the channels that wait for it. Outcomes go to the node that waits for them, what members keep to
/// their own devices and, if it is a mark, to the others of the conversation, profiles to whoever
/// shares a conversation.
///
/// Its position is the consumer group's, written after the fact: after a crash some events come
/// again, and Redis refuses them by their id. What Redis loses is read from the views.
public final class DeliveryProjection implements Projection, AutoCloseable {

  private final DeliveryScript script;
  private final RedisLine line;
  private final int windowCalls;
  private final Function<UUID, List<UUID>> conversationsOf;

  /// @param clients makes a client of Redis for one connection, which is closed with it
  /// @param conversationsOf the conversations of a person, who learn of a new profile; may block
  public DeliveryProjection(
      Supplier<Redis> clients,
      ProjectionConfig.Delivery limits,
      Function<UUID, List<UUID>> conversationsOf) {
    this.conversationsOf = conversationsOf;
    this.script = new DeliveryScript(limits);
    this.line = new RedisLine(clients, script, limits.answerWait());
    this.windowCalls = limits.windowCalls();
  }

  @Override
  public String name() {
    return "delivery";
  }

  @Override
  public Set<String> topics() {
    return Set.of(Topics.EVENTS, Topics.REJECTIONS, Topics.MARKS, Topics.USERS);
  }

  @Override
  public Map<LogPartition, Long> positions(Set<LogPartition> partitions) {
    return Map.of();
  }

  @Override
  public void apply(Batch batch) {
    var calls = calls(batch.entries());
    int done = 0;
    while (done < calls.size()) {
      done += line.send(calls.subList(done, Math.min(calls.size(), done + windowCalls)));
    }
  }

  private List<Request> calls(List<LogEntry> entries) {
    var calls = new ArrayList<Request>(entries.size());
    for (var entry : Coalesced.of(entries)) {
      switch (Handover.of(entry, conversationsOf)) {
        case Handover.OfEvent event -> calls.add(script.call(event));
        case Handover.Beside(var channels, var message) ->
            channels.forEach(channel -> calls.add(DeliveryScript.publish(channel, message)));
      }
    }
    return calls;
  }

  /// To be called once its loop has ended.
  @Override
  public void close() {
    line.close();
  }
}
