package dev.parley.command.topology;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberToRemove;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes a decider that is gone out of the group, so that its partitions are handed over at once
/// and not after its session. Should it live after all, it is told so and joins anew.
///
/// @param group of all deciders
/// @param limit for each of two questions to the brokers, at most; then the session is waited for
record Departure(Admin admin, String group, Duration limit) {

  private static final Logger LOG = LoggerFactory.getLogger(Departure.class);

  /// @param node whose threads are the members `<node>-1`, `<node>-2` and so on
  void of(String node) {
    try {
      var members = members(node);
      if (members.isEmpty()) {
        return;
      }
      LOG.info("{} is gone; its partitions are handed over", node);
      admin
          .removeMembersFromConsumerGroup(
              group,
              new RemoveMembersFromConsumerGroupOptions(
                  members.stream().map(MemberToRemove::new).collect(Collectors.toSet())))
          .all()
          .get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException failed) {
      // Another decider may have been first.
      LOG.info("{} was not taken out of the group: {}", node, failed.toString());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private List<String> members(String node)
      throws ExecutionException, InterruptedException, TimeoutException {
    return admin
        .describeConsumerGroups(List.of(group))
        .all()
        .get(limit.toMillis(), TimeUnit.MILLISECONDS)
        .values()
        .stream()
        .flatMap(described -> described.members().stream())
        .flatMap(member -> member.groupInstanceId().stream())
        .filter(id -> isOf(node, id))
        .toList();
  }

  /// Kafka Streams numbers the threads of a node.
  private static boolean isOf(String node, String instance) {
    return instance.startsWith(node + "-")
        && instance.substring(node.length() + 1).chars().allMatch(Character::isDigit);
  }
}
