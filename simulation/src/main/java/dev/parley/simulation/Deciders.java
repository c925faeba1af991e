package dev.parley.simulation;

import dev.parley.command.decider.Writer;
import dev.parley.command.topology.CommandProcessor;
import dev.parley.command.topology.DecidingTopology;
import dev.parley.command.topology.StoppedPartitions;
import dev.parley.log.LogEntry;
import dev.parley.log.LogPartition;
import dev.parley.schemas.topic.Topics;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/// Nodes of the decider, as Kafka Streams runs them exactly once: each has some partitions and one
/// transaction at a time, which holds its outputs, its places in the commands and the changes of
/// its stores. A node that dies leaves its transaction open until somebody takes over its
/// partitions.
final class Deciders {

  static final String EPOCH = "e1";
  private static final int COMMIT_MILLIS = 100;
  private static final int TAKEOVER_MILLIS = 3_000;

  private final Scheduler scheduler;
  private final Trace trace;
  private final KafkaLog log;
  private final Wiring wiring;
  private final List<Node> nodes = new ArrayList<>();
  private final Map<Integer, Task> tasks = new TreeMap<>();
  private boolean calm;

  Deciders(Scheduler scheduler, Trace trace, KafkaLog log, Wiring wiring) {
    this.scheduler = scheduler;
    this.trace = trace;
    this.log = log;
    this.wiring = wiring;
    for (var i = 0; i < 2; i++) {
      nodes.add(new Node("decider-" + i));
    }
    for (var partition : log.partitionsOf(Topics.COMMANDS)) {
      var task = new Task(partition);
      tasks.put(partition.number(), task);
      nodes.get(partition.number() % nodes.size()).take(task);
    }
    nodes.forEach(Node::run);
  }

  /// Nothing goes wrong from now on.
  void calm() {
    calm = true;
  }

  void crashOne() {
    any().crash("is killed");
  }

  /// The transaction is lost, the process is not: it begins again from what was committed.
  void abortOne() {
    any().crash("loses its transaction");
  }

  private Node any() {
    return nodes.get(scheduler.random.nextInt(nodes.size()));
  }

  boolean isIdle() {
    return tasks.values().stream()
            .allMatch(task ->
                task.node != null && task.next >= log.end(task.commands) && task.outputs.isEmpty())
        && nodes.stream().allMatch(node -> node.transaction == null && node.closing == null);
  }

  /// What is decided and not written yet.
  private record Output(LogPartition to, KafkaLog.Entry entry) {}

  /// The work of one partition. Its store and its place outlive the node.
  private final class Task {
    private final LogPartition commands;
    private final StateStore store = new StateStore();
    private final CommandProcessor processor =
        new CommandProcessor(new Writer(EPOCH), new StoppedPartitions());
    private final Queue<Output> outputs = new ArrayDeque<>();
    private long committed;
    private long next;
    private @Nullable Node node;
    private @Nullable LogEntry current;

    Task(LogPartition commands) {
      this.commands = commands;
      processor.init(context());
    }

    boolean decideNext() {
      var read = log.uncommitted(commands, next, 1);
      if (read.entries().isEmpty()) {
        return false;
      }
      var entry = read.entries().getFirst();
      current = entry;
      next = read.next();
      processor.process(
          new Record<>(
              entry.key(), entry.value(), wiring.timeOfCommand(entry, scheduler.nowMillis())));
      trace.step(
          node == null ? "?" : node.name, "decides %s@%d".formatted(commands, entry.offset()));
      return true;
    }

    void abort() {
      outputs.clear();
      store.abort();
      wiring.afterAbort(store);
      next = committed;
    }

    void commit() {
      store.commit();
      committed = next;
    }

    @SuppressWarnings("unchecked") // A proxy is of the type that it was made for.
    private ProcessorContext<String, byte[]> context() {
      return (ProcessorContext<String, byte[]>)
          Proxy.newProxyInstance(
              Task.class.getClassLoader(),
              new Class<?>[] {ProcessorContext.class},
              (_, method, arguments) ->
                  switch (method.getName()) {
                    case "getStateStore" -> store.asKeyValueStore();
                    case "recordMetadata" -> Optional.ofNullable(current).map(Deciders::metadata);
                    case "forward" ->
                        forwarded((Record<String, byte[]>) arguments[0], (String) arguments[1]);
                    default -> throw new UnsupportedOperationException(method.getName());
                  });
    }

    private @Nullable Object forwarded(Record<String, byte[]> record, String sink) {
      var topic = sink.equals(DecidingTopology.EVENTS) ? Topics.EVENTS : Topics.REJECTIONS;
      var origin = record.headers().lastHeader(Topics.ORIGIN_HEADER);
      outputs.add(
          new Output(
              new LogPartition(topic, commands.number()),
              new KafkaLog.Entry(
                  record.key(),
                  wiring.decided(topic, record.value()),
                  record.timestamp(),
                  origin == null ? null : new String(origin.value(), StandardCharsets.UTF_8))));
      return null;
    }
  }

  private static RecordMetadata metadata(LogEntry entry) {
    return new RecordMetadata() {
      @Override
      public String topic() {
        return entry.partition().topic();
      }

      @Override
      public int partition() {
        return entry.partition().number();
      }

      @Override
      public long offset() {
        return entry.offset();
      }
    };
  }

  private final class Node {
    private final String name;
    private final List<Task> mine = new ArrayList<>();
    private KafkaLog.@Nullable Transaction transaction;
    private KafkaLog.@Nullable Transaction closing;
    private long commitAtMillis;

    Node(String name) {
      this.name = name;
    }

    void take(Task task) {
      task.node = this;
      mine.add(task);
    }

    void run() {
      var worked = step();
      scheduler.soon(worked ? 3 : 40, this::run);
    }

    private boolean step() {
      if (closing != null && closing.isOver()) {
        closing = null;
      }
      if (closing != null || mine.isEmpty()) {
        return closing != null;
      }
      if (transaction != null && scheduler.nowMillis() >= commitAtMillis) {
        commit();
        return true;
      }
      var task = mine.get(scheduler.random.nextInt(mine.size()));
      for (var some = 1 + scheduler.random.nextInt(4); some > 0 && task.decideNext(); some--) {
        begin();
      }
      // The producer sends when it likes; in the order of each partition.
      for (var some = scheduler.random.nextInt(6); some > 0 && !task.outputs.isEmpty(); some--) {
        write(task.outputs.remove());
      }
      return transaction != null;
    }

    private void begin() {
      if (transaction == null) {
        transaction = new KafkaLog.Transaction();
        commitAtMillis = scheduler.nowMillis() + 1 + scheduler.random.nextInt(2 * COMMIT_MILLIS);
      }
    }

    private void write(Output output) {
      var offset = log.append(output.to(), output.entry(), transaction);
      trace.step(name, "writes %s@%d".formatted(output.to(), offset));
    }

    private void commit() {
      for (var task : mine) {
        while (!task.outputs.isEmpty()) {
          write(task.outputs.remove());
        }
        task.commit();
      }
      trace.step(name, "commits");
      end(true);
    }

    /// What is decided becomes known partition by partition; no new transaction begins before.
    private void end(boolean commits) {
      if (transaction != null) {
        closing = transaction;
        close(transaction, commits);
        transaction = null;
      }
    }

    void crash(String how) {
      trace.step(name, how);
      var lost = List.copyOf(mine);
      mine.clear();
      lost.forEach(task -> {
        task.node = null;
        task.abort();
      });
      var left = transaction;
      var before = closing;
      transaction = null;
      closing = null;
      // Until somebody takes over, nobody ends the transaction.
      scheduler.soon(
          TAKEOVER_MILLIS,
          () -> {
            if (left != null) {
              close(left, wiring.commitsWhatIsLost());
            }
            takeOver(lost, Stream.of(left, before).filter(Objects::nonNull).toList());
          });
    }

    private void takeOver(List<Task> lost, List<KafkaLog.Transaction> first) {
      if (!first.stream().allMatch(KafkaLog.Transaction::isOver)) {
        scheduler.after(1, () -> takeOver(lost, first));
        return;
      }
      for (var task : lost) {
        var owner = any();
        owner.take(task);
        trace.step(owner.name, "takes over " + task.commands);
      }
    }
  }

  /// The coordinator has decided; the markers arrive one by one.
  private void close(KafkaLog.Transaction transaction, boolean commits) {
    log.decide(transaction, commits);
    for (var partition : transaction.partitions()) {
      scheduler.soon(calm ? 3 : 20, () -> log.mark(partition, transaction));
    }
  }
}
