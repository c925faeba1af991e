package dev.parley.stack.slack.convert;

import dev.parley.schemas.command.Command;
import dev.parley.schemas.command.CommandEnvelope;
import dev.parley.schemas.command.Origin;
import dev.parley.schemas.content.Body;
import dev.parley.schemas.content.Content;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.conversation.HistoryVisibility;
import dev.parley.schemas.id.Ids;
import dev.parley.stack.slack.archive.SlackConversation;
import dev.parley.stack.slack.archive.SlackLine;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The commands of one conversation: what makes it, then what was said in it. Bodies are readable
/// yet.
public final class Commands {

  private static final int MEMBERS_MAX = 1_000;
  private static final int TITLE_CHARS_MAX = 250;

  private final SlackIds ids;
  private final Directory people;
  private final SlackText text;
  private final SlackConversation conversation;
  private final Shape shape;

  /// @param joining somebody who is here already and becomes a member, too
  public Commands(
      SlackIds ids,
      Directory people,
      SlackText text,
      SlackConversation conversation,
      @Nullable UUID joining) {
    this.ids = ids;
    this.people = people;
    this.text = text;
    this.conversation = conversation;
    this.shape = shape(joining);
  }

  private record Shape(ConversationKind kind, UUID id, UUID actor, List<UUID> members) {}

  /// Makes the conversation and adds its members, many at once in several commands.
  public List<CommandEnvelope> founding() {
    List<CommandEnvelope> commands = new ArrayList<>();
    int start = 0;
    do {
      int end = Math.min(shape.members().size(), start + MEMBERS_MAX);
      commands.add(founding(commands.size(), shape.members().subList(start, end)));
      start = end;
    } while (start < shape.members().size());
    return commands;
  }

  /// What was said, in as many messages as its length asks for.
  public List<CommandEnvelope> saying(SlackLine.Said said) {
    List<Content> parts = text.convert(said.text());
    UUID thread = thread(said);
    List<CommandEnvelope> commands = new ArrayList<>(parts.size());
    for (Content part : parts) {
      UUID id = ids.message(conversation.id(), said.ts(), commands.size(), said.millis());
      Command command =
          new Command.ImportMessage(new Body.Plain(part), null, thread, said.millis());
      commands.add(envelope(id, people.get(said.author().id()).id(), command));
    }
    return commands;
  }

  private CommandEnvelope founding(int part, List<UUID> members) {
    Command command =
        new Command.ImportConversation(
            shape.kind(),
            cut(conversation.title()),
            cut(conversation.topic()),
            HistoryVisibility.FROM_START,
            members,
            conversation.createdMillis());
    return envelope(
        ids.command(conversation.id(), part, conversation.createdMillis()), shape.actor(), command);
  }

  /// Nobody waits on a channel for the outcome: it is read from the log.
  private CommandEnvelope envelope(UUID commandId, UUID actor, Command command) {
    return new CommandEnvelope(commandId, shape.id(), actor, Origin.NONE, "", command);
  }

  private @Nullable UUID thread(SlackLine.Said said) {
    return said.thread() == null
        ? null
        : ids.message(conversation.id(), said.thread(), 0, millis(said.thread()));
  }

  private static long millis(String ts) {
    int point = ts.indexOf('.');
    String seconds = point < 0 ? ts : ts.substring(0, point);
    String fraction = point < 0 ? "" : ts.substring(point + 1);
    return Long.parseLong(seconds) * 1000 + Long.parseLong((fraction + "000").substring(0, 3));
  }

  private Shape shape(@Nullable UUID joining) {
    Set<UUID> members = new LinkedHashSet<>();
    for (String member : conversation.members()) {
      Directory.Entry entry = people.find(member);
      if (entry != null) {
        members.add(entry.id());
      }
    }
    Directory.Entry creator = people.find(conversation.creator());
    UUID actor =
        creator != null
            ? creator.id()
            : members.stream().findFirst().orElseGet(() -> people.first().id());
    return switch (conversation.kind()) {
      case CHANNEL -> open(ConversationKind.CHANNEL, actor, members, joining);
      case PRIVATE_CHANNEL -> open(ConversationKind.GROUP, actor, members, joining);
      case GROUP_MESSAGE -> open(ConversationKind.GROUP, actor, members, null);
      case DIRECT ->
          members.size() > 2
              ? open(ConversationKind.GROUP, actor, members, null)
              : between(new ArrayList<>(members), actor);
    };
  }

  private Shape open(ConversationKind kind, UUID actor, Set<UUID> members, @Nullable UUID joining) {
    List<UUID> all = new ArrayList<>(members);
    if (joining != null) {
      all.addFirst(joining);
    }
    UUID id = ids.conversation(conversation.id(), conversation.createdMillis());
    return new Shape(kind, id, actor, all);
  }

  /// Two people have one direct conversation, with an id of their own, whoever begins it and
  /// wherever.
  private Shape between(List<UUID> members, UUID actor) {
    if (members.size() == 2) {
      UUID one = members.getFirst();
      UUID other = members.getLast();
      return new Shape(
          ConversationKind.DIRECT, Ids.directConversation(one, other), one, List.of(other));
    }
    UUID self = members.isEmpty() ? actor : members.getFirst();
    return new Shape(ConversationKind.SELF, Ids.selfConversation(self), self, List.of());
  }

  private static String cut(String text) {
    return text.length() <= TITLE_CHARS_MAX ? text : text.substring(0, TITLE_CHARS_MAX);
  }
}
