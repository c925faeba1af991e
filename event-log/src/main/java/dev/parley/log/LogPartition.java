package dev.parley.log;

/// One partition of one topic.
public record LogPartition(String topic, int number) implements Comparable<LogPartition> {

  @Override
  public int compareTo(LogPartition other) {
    int byTopic = topic.compareTo(other.topic);
    return byTopic != 0 ? byTopic : Integer.compare(number, other.number);
  }

  @Override
  public String toString() {
    return topic + "-" + number;
  }
}
