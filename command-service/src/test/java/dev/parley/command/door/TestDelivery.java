package dev.parley.command.door;

import dev.parley.schemas.outcome.OutcomeCodec;
import dev.parley.schemas.push.PushCodec;
import dev.parley.schemas.redis.RedisNames;
import dev.parley.schemas.topic.Topics;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/// The part of the delivery projection that the door needs: outcomes to the channels of nodes.
final class TestDelivery implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(50);

  private final Redis redis;
  private final KafkaConsumer<String, byte[]> consumer;
  private final Thread thread;
  private volatile boolean closing;

  TestDelivery(Vertx vertx, String redisUrl, String bootstrap) {
    Properties p = new Properties();
    p.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
    p.put(ConsumerConfig.GROUP_ID_CONFIG, "test-delivery-" + UUID.randomUUID());
    p.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    p.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");
    this.redis = Redis.createClient(vertx, redisUrl);
    this.consumer = new KafkaConsumer<>(p, new StringDeserializer(), new ByteArrayDeserializer());
    this.thread = Thread.ofPlatform().name("test-delivery").start(this::run);
  }

  @Override
  public void close() throws InterruptedException {
    closing = true;
    thread.join(Duration.ofSeconds(10));
    redis.close();
  }

  private void run() {
    consumer.subscribe(List.of(Topics.EVENTS, Topics.REJECTIONS));
    while (!closing) {
      consumer.poll(POLL).forEach(this::deliver);
    }
    consumer.close();
  }

  private void deliver(ConsumerRecord<String, byte[]> record) {
    if (record.topic().equals(Topics.REJECTIONS)) {
      publish(OutcomeCodec.decode(record.value()).origin(), PushCodec.outcome(record.value()));
      return;
    }
    Header origin = record.headers().lastHeader(Topics.ORIGIN_HEADER);
    if (origin != null) {
      publish(new String(origin.value(), StandardCharsets.UTF_8), PushCodec.event(record.value()));
    }
  }

  private void publish(String node, byte[] push) {
    redis
        .send(Request.cmd(Command.PUBLISH).arg(RedisNames.node(node)).arg(Buffer.buffer(push)))
        .toCompletionStage()
        .toCompletableFuture()
        .join();
  }
}
