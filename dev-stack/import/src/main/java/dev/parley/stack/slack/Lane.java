package dev.parley.stack.slack;

import dev.parley.schemas.command.CommandEnvelope;
import dev.parley.stack.slack.archive.History;
import dev.parley.stack.slack.archive.SlackLine;
import dev.parley.stack.slack.convert.Commands;
import dev.parley.stack.slack.log.Pending.Asked;
import dev.parley.stack.slack.log.Step;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;

/// One conversation's commands in their order; reads the archive as it goes.
final class Lane implements Iterator<Step> {

  private final Commands commands;
  private final History history;
  private final Queue<Step> ready = new ArrayDeque<>();

  Lane(Commands commands, History history) {
    this.commands = commands;
    this.history = history;
    Asked asked = Asked.CONVERSATION;
    for (CommandEnvelope command : commands.founding()) {
      ready.add(new Step(asked, command));
      asked = Asked.MEMBERS;
    }
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty() && history.hasNext()) {
      switch (history.next()) {
        case SlackLine.Said said ->
            commands.saying(said).forEach(command -> ready.add(new Step(Asked.MESSAGE, command)));
        case SlackLine.Ignored _ -> {
          // Counted by the survey.
        }
      }
    }
    return !ready.isEmpty();
  }

  @Override
  public Step next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.remove();
  }
}
