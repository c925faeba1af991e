package dev.parley.command.topology;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ends the transactions that a former owner of partitions left open.
///
/// Who takes a partition over can neither bring back its store nor read how far it was decided
/// while a transaction that decided more of it is open, and committed readers wait for its end,
/// too. After a decider was killed that would be the timeout of transactions; a short one fences
/// deciders that are merely slow. Whoever has a partition is the only one who may write what was
/// decided of it, so a transaction of another one in there is over: its producer is fenced, which
/// aborts it at once. Should that producer live, it is told so at its next write and joins the
/// group anew.
///
/// @param application the beginning of the names of all deciders' transactions
/// @param limit for each of three questions to the brokers, at most; then the timeout of the
///   transaction is waited for, as without this
record Takeover(Admin admin, String application, Logs logs, Duration limit) {

  private static final Logger LOG = LoggerFactory.getLogger(Takeover.class);

  /// Before anything else is done with partitions just assigned.
  void of(Collection<TopicPartition> commands) {
    Set<Integer> taken =
        commands.stream()
            .filter(partition -> partition.topic().equals(logs.commands()))
            .map(TopicPartition::partition)
            .collect(Collectors.toSet());
    if (taken.isEmpty()) {
      return;
    }
    try {
      List<String> open = open();
      if (open.isEmpty()) {
        return;
      }
      List<String> left = leftIn(taken, open);
      if (!left.isEmpty()) {
        admin.fenceProducers(left).all().get(limit.toMillis(), TimeUnit.MILLISECONDS);
        LOG.info("Took over partitions {}, and ended the transactions {}", taken, left);
      }
    } catch (ExecutionException | TimeoutException failed) {
      LOG.warn("Transactions left in partitions {} have to run out: {}", taken, failed.toString());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private List<String> open() throws ExecutionException, InterruptedException, TimeoutException {
    Collection<TransactionListing> ongoing =
        admin
            .listTransactions(
                new ListTransactionsOptions().filterStates(Set.of(TransactionState.ONGOING)))
            .all()
            .get(limit.toMillis(), TimeUnit.MILLISECONDS);
    return ongoing.stream()
        .map(TransactionListing::transactionalId)
        .filter(id -> id.startsWith(application + "-"))
        .toList();
  }

  private List<String> leftIn(Set<Integer> taken, List<String> open)
      throws ExecutionException, InterruptedException, TimeoutException {
    Map<String, TransactionDescription> described =
        admin.describeTransactions(open).all().get(limit.toMillis(), TimeUnit.MILLISECONDS);
    return described.entrySet().stream()
        .filter(one -> one.getValue().topicPartitions().stream().anyMatch(at -> isIn(taken, at)))
        .map(Map.Entry::getKey)
        .toList();
  }

  /// All topics of a decider have one numbering; the group's offsets have another one.
  private boolean isIn(Set<Integer> taken, TopicPartition written) {
    String topic = written.topic();
    boolean ours =
        topic.equals(logs.events())
            || topic.equals(logs.rejections())
            || topic.startsWith(application + "-");
    return ours && taken.contains(written.partition());
  }
}
