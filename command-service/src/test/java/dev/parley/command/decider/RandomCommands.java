package dev.parley.command.decider;

import com.google.protobuf.ByteString;
import dev.parley.schemas.command.Command;
import dev.parley.schemas.command.CommandEnvelope;
import dev.parley.schemas.command.Origin;
import dev.parley.schemas.command.ScheduleEnd;
import dev.parley.schemas.content.Body;
import dev.parley.schemas.content.Content;
import dev.parley.schemas.conversation.ConversationChange;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.conversation.Everyone;
import dev.parley.schemas.conversation.HistoryVisibility;
import dev.parley.schemas.conversation.Role;
import dev.parley.schemas.id.Ids;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A stream of commands from a seed: few people, few conversations, all kinds of commands, allowed
/// and not, with resends early and late. The same seed gives the same stream, byte for byte.
public final class RandomCommands {

  /// @param atMillis timestamp of the command's record
  public record Timed(CommandEnvelope command, long atMillis) {}

  private static final int KEPT = 200;
  private static final int FAVOURITES = 12;

  private final Random random;
  private final List<UUID> people = new ArrayList<>();
  private final List<UUID> conversations = new ArrayList<>();
  private final List<Timed> earlier = new ArrayList<>();
  private final List<UUID> messages = new ArrayList<>();
  private final List<CommandEnvelope> favourites = new ArrayList<>();
  private long now = 1_700_000_000_000L;

  public RandomCommands(long seed, int peopleCount, int conversationsCount) {
    this.random = new Random(seed);
    for (int i = 0; i < peopleCount; i++) {
      people.add(id());
    }
    for (int i = 0; i < conversationsCount; i++) {
      conversations.add(id());
    }
  }

  public List<Timed> take(int count) {
    List<Timed> commands = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      commands.add(next());
    }
    return commands;
  }

  public Timed next() {
    now += random.nextInt(5);
    if (!earlier.isEmpty() && random.nextInt(8) == 0) {
      return new Timed(one(earlier).command(), now);
    }
    Timed timed = new Timed(command(), now);
    keep(earlier, timed);
    return timed;
  }

  private CommandEnvelope command() {
    UUID actor = one(people);
    UUID other = one(people);
    UUID conversation = one(conversations);
    int dice = random.nextInt(160);
    if (dice >= 100) {
      return more(dice - 100, conversation, actor, other);
    }
    if (dice < 2) {
      return envelope(conversation, actor, create(ConversationKind.GROUP));
    } else if (dice < 4) {
      return envelope(conversation, actor, create(ConversationKind.CHANNEL));
    } else if (dice < 7) {
      return envelope(Ids.directConversation(actor, other), actor, direct(other));
    } else if (dice < 9) {
      return envelope(Ids.selfConversation(actor), actor, self());
    } else if (dice < 11) {
      return envelope(conversation, actor, imported());
    } else if (dice < 19) {
      return envelope(conversation, actor, new Command.JoinConversation());
    } else if (dice < 21) {
      return envelope(conversation, actor, new Command.LeaveConversation());
    } else if (dice < 27) {
      return envelope(conversation, actor, new Command.InviteMember(other, role()));
    } else if (dice < 29) {
      return envelope(conversation, actor, new Command.RemoveMember(other));
    } else if (dice < 33) {
      return envelope(conversation, actor, new Command.ChangeRole(other, role()));
    } else if (dice < 76) {
      UUID place =
          switch (random.nextInt(8)) {
            case 0 -> Ids.directConversation(actor, other);
            case 1 -> Ids.selfConversation(actor);
            default -> conversation;
          };
      return envelope(
          place,
          actor,
          new Command.SendMessage(
              body(),
              maybe(),
              maybe(),
              random.nextInt(20) == 0 ? Everyone.ALL : Everyone.NONE,
              random.nextInt(10) == 0 ? 1 + random.nextInt(50) : 0,
              null));
    } else if (dice < 85) {
      return envelope(conversation, actor, new Command.EditMessage(known(), body()));
    } else if (dice < 90) {
      return envelope(conversation, actor, new Command.DeleteMessage(known()));
    }
    return envelope(
        conversation,
        actor,
        new Command.ImportMessage(body(), maybe(), maybe(), 1_400_000_000_000L + random.nextInt()));
  }

  private CommandEnvelope more(int dice, UUID conversation, UUID actor, UUID other) {
    UUID own = Ids.selfConversation(actor);
    return switch (dice) {
      case 0 -> envelope(space(), actor, create(ConversationKind.SPACE));
      case 1, 2 ->
          envelope(
              conversation,
              actor,
              new Command.ChangeConversation(
                  new ConversationChange(
                      "Title", null, null, null, null, random.nextInt(4) == 0 ? 1 : 0)));
      // Out of the archive more often than in: nothing happens there.
      case 3, 4, 5 ->
          envelope(conversation, actor, new Command.ArchiveConversation(random.nextInt(6) == 0));
      case 6 ->
          envelope(
              conversation, actor, new Command.BanMember(villain(), random.nextInt(40), "reason"));
      case 7, 8 -> envelope(conversation, actor, new Command.UnbanMember(villain()));
      case 9 -> envelope(conversation, actor, new Command.MuteMember(other, random.nextInt(40)));
      case 10 -> envelope(conversation, actor, new Command.TransferOwnership(other));
      case 11, 12, 13, 14, 15, 16, 17, 18, 19, 20 -> attention(dice, actor);
      case 21 -> envelope(space(), actor, new Command.AddChannel(one(conversations)));
      case 22 -> envelope(space(), actor, new Command.RemoveChannel(one(conversations)));
      case 23, 24 ->
          envelope(
              own,
              actor,
              new Command.ScheduleMessage(
                  conversation,
                  waiting(),
                  new Command.SendMessage(body(), null, null),
                  now + random.nextInt(30) - 3));
      case 25 -> envelope(own, actor, new Command.CancelSchedule(waiting()));
      case 26 -> envelope(own, actor, new Command.EndSchedule(waiting(), ScheduleEnd.SENT, ""));
      case 27 ->
          envelope(own, actor, new Command.EndSchedule(waiting(), ScheduleEnd.FAILED, "gone"));
      case 28, 29 -> envelope(conversation, actor, new Command.ExpireMessage(known()));
      default -> attention(11 + dice % 10, actor);
    };
  }

  /// To one of few messages, so that what takes back finds what was done.
  private CommandEnvelope attention(int dice, UUID actor) {
    UUID message = favourites.isEmpty() ? known() : one(favourites).commandId();
    UUID place =
        favourites.stream()
            .filter(sent -> sent.commandId().equals(message))
            .map(CommandEnvelope::conversation)
            .findFirst()
            .orElseGet(() -> one(conversations));
    return envelope(
        place,
        actor,
        switch (dice) {
          case 11, 12, 13 -> new Command.AddReaction(message, emoji());
          case 14, 15, 16 -> new Command.RemoveReaction(message, emoji());
          case 17, 18 -> new Command.PinMessage(message);
          default -> new Command.UnpinMessage(message);
        });
  }

  /// Few, so that what ends one finds it waiting.
  private UUID waiting() {
    return Ids.imported("random", "waiting " + random.nextInt(3), 1_700_000_000_000L);
  }

  private UUID villain() {
    return people.get(random.nextInt(2));
  }

  private static UUID space() {
    return Ids.imported("random", "space", 1_700_000_000_000L);
  }

  private String emoji() {
    return List.of("👍", "🎉", "🦜").get(random.nextInt(3));
  }

  private CommandEnvelope envelope(UUID conversation, UUID actor, Command command) {
    // Now and then somebody else's id is taken.
    UUID id = !messages.isEmpty() && random.nextInt(50) == 0 ? known() : id();
    keep(messages, id);
    Origin origin =
        random.nextInt(4) == 0
            ? Origin.NONE
            : new Origin("node-" + random.nextInt(3), random.nextBoolean(), random.nextInt(3));
    CommandEnvelope envelope =
        new CommandEnvelope(
            id, conversation, actor, origin, traceparent(), random.nextInt(12) == 0, command);
    if (command instanceof Command.SendMessage && random.nextInt(10) == 0) {
      favourites.add(envelope);
      if (favourites.size() > FAVOURITES) {
        favourites.remove(random.nextInt(FAVOURITES));
      }
    }
    return envelope;
  }

  private Command create(ConversationKind kind) {
    return new Command.CreateConversation(
        kind, "Title " + random.nextInt(9), "", HistoryVisibility.FROM_START, some());
  }

  private static Command direct(UUID other) {
    return new Command.CreateConversation(
        ConversationKind.DIRECT, "", "", HistoryVisibility.FROM_START, List.of(other));
  }

  private static Command self() {
    return new Command.CreateConversation(
        ConversationKind.SELF, "", "", HistoryVisibility.FROM_START, List.of());
  }

  private Command imported() {
    return new Command.ImportConversation(
        ConversationKind.CHANNEL,
        "Imported",
        "",
        HistoryVisibility.FROM_START,
        some(),
        1_400_000_000_000L);
  }

  private List<UUID> some() {
    List<UUID> some = new ArrayList<>();
    for (UUID person : people) {
      if (random.nextInt(3) > 0) {
        some.add(person);
      }
    }
    return some;
  }

  private Body body() {
    if (random.nextBoolean()) {
      return new Body.Plain(new Content("text " + random.nextInt(), List.of()));
    }
    byte[] nonce = new byte[12];
    byte[] sealed = new byte[16 + random.nextInt(200)];
    random.nextBytes(nonce);
    random.nextBytes(sealed);
    return new Body.Sealed("key", ByteString.copyFrom(nonce), ByteString.copyFrom(sealed));
  }

  private Role role() {
    return Role.values()[random.nextInt(Role.values().length)];
  }

  private @Nullable UUID maybe() {
    return random.nextInt(12) == 0 ? known() : null;
  }

  private UUID known() {
    return messages.isEmpty() ? id() : one(messages);
  }

  private String traceparent() {
    return random.nextBoolean()
        ? ""
        : "00-%016x%016x-%016x-01"
            .formatted(random.nextLong(), random.nextLong(), random.nextLong());
  }

  private UUID id() {
    return Ids.imported("random", Long.toString(random.nextLong()), now);
  }

  private <T> T one(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  /// Keeps so many, so that old ones stay among them.
  private <T> void keep(List<T> all, T one) {
    if (all.size() < KEPT) {
      all.add(one);
    } else {
      all.set(random.nextInt(KEPT), one);
    }
  }
}
