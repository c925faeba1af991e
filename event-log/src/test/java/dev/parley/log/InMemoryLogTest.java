package dev.parley.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.log.testkit.InMemoryLog;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.personal.Personal;
import dev.parley.schemas.personal.PersonalCodec;
import dev.parley.schemas.personal.PersonalEntry;
import dev.parley.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InMemoryLogTest {

  @Test
  void whatMembersOfAConversationKeepIsDeliveredInOneOrder() {
    var conversation = Ids.uuid7();
    var first = new PersonalEntry(conversation, Ids.uuid7(), 1, false, new Personal.Read(7));
    var second = new PersonalEntry(conversation, Ids.uuid7(), 2, true, new Personal.Pinned(true));
    var log = new InMemoryLog(12);
    log.append(first);
    log.append(second);
    var seen = new ArrayList<LogEntry>();
    log.deliver(collecting(seen), 10);
    assertThat(seen.stream().map(LogEntry::personal)).containsExactly(first, second);
    assertThat(seen.stream().map(LogEntry::key))
        .containsExactly(PersonalCodec.key(first), PersonalCodec.key(second));
    assertThat(seen.stream().map(LogEntry::partition).distinct()).hasSize(1);
  }

  private static Projection collecting(List<LogEntry> seen) {
    return new Projection() {
      private boolean done;

      @Override
      public String name() {
        return "collecting";
      }

      @Override
      public Set<String> topics() {
        return Set.of(Topics.MARKS);
      }

      @Override
      public Map<LogPartition, Long> positions(Set<LogPartition> partitions) {
        return done
            ? partitions.stream()
                .collect(java.util.stream.Collectors.toMap(it -> it, _ -> (long) seen.size()))
            : Map.of();
      }

      @Override
      public void apply(Batch batch) {
        seen.addAll(batch.entries());
        done = true;
      }
    };
  }
}
