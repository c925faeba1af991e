package dev.parley.stack.slack.archive;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.Set;
import java.util.function.Function;
import java.util.zip.ZipEntry;

/// The lines of one conversation in the order of their time; holds one day and the times of what
/// was said.
public final class History implements Iterator<SlackLine> {

  private final Map<String, SlackPerson> people;
  private final Iterator<ZipEntry> days;
  private final Function<ZipEntry, List<JsonNode>> read;
  private final Queue<SlackLine> lines = new ArrayDeque<>();

  /// A thread's first message comes before its answers, so what was not said yet is not there.
  private final Set<Long> saidAt = new HashSet<>();

  History(
      Map<String, SlackPerson> people,
      Iterator<ZipEntry> days,
      Function<ZipEntry, List<JsonNode>> read) {
    this.people = people;
    this.days = days;
    this.read = read;
  }

  @Override
  public boolean hasNext() {
    while (lines.isEmpty() && days.hasNext()) {
      fill(read.apply(days.next()));
    }
    return !lines.isEmpty();
  }

  @Override
  public SlackLine next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return lines.remove();
  }

  private void fill(List<JsonNode> day) {
    List<SlackLine.Said> said = new ArrayList<>(day.size());
    for (JsonNode node : day) {
      switch (LineReader.read(node, people)) {
        case SlackLine.Said line -> said.add(line);
        case SlackLine.Ignored ignored -> lines.add(ignored);
      }
    }
    said.sort(Comparator.comparingLong(SlackLine.Said::micros));
    said.forEach(line -> lines.add(inPlace(line)));
  }

  private SlackLine inPlace(SlackLine.Said line) {
    String thread = line.thread();
    boolean knownThread = thread != null && saidAt.contains(LineReader.micros(thread));
    if (!saidAt.add(line.micros())) {
      return new SlackLine.Ignored("twice in the archive");
    }
    return knownThread || thread == null
        ? line
        : new SlackLine.Said(
            line.ts(), line.micros(), line.author(), line.text(), null, line.edited());
  }
}
