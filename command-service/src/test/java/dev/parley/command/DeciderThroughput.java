package dev.parley.command;

import com.google.protobuf.ByteString;
import dev.parley.command.decider.InMemoryConversation;
import dev.parley.command.decider.Writer;
import dev.parley.command.decider.Written;
import dev.parley.schemas.command.Command;
import dev.parley.schemas.command.CommandCodec;
import dev.parley.schemas.command.CommandEnvelope;
import dev.parley.schemas.command.Origin;
import dev.parley.schemas.content.Body;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.conversation.HistoryVisibility;
import dev.parley.schemas.id.Ids;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// How many commands a second one thread decides, without Kafka and RocksDB: read, decide, chain,
/// apply. Prints a line per round; the first ones warm up.
public final class DeciderThroughput {

  private static final int ROUNDS = 6;
  private static final int CONVERSATIONS = 1_000;
  private static final int MESSAGES = 200_000;
  private static final int SEALED_BYTES = 200;

  private DeciderThroughput() {}

  public static void main(String[] args) {
    for (int round = 1; round <= ROUNDS; round++) {
      UUID alice = Ids.uuid7();
      List<UUID> conversations = new ArrayList<>();
      List<InMemoryConversation> states = new ArrayList<>();
      Writer writer = new Writer("e1");
      for (int i = 0; i < CONVERSATIONS; i++) {
        conversations.add(Ids.uuid7());
        states.add(new InMemoryConversation());
        decide(writer, states.get(i), create(conversations.get(i), alice), i);
      }
      List<byte[]> records = new ArrayList<>();
      for (int i = 0; i < MESSAGES; i++) {
        records.add(CommandCodec.encode(send(conversations.get(i % CONVERSATIONS), alice)));
      }
      long start = System.nanoTime();
      for (int i = 0; i < MESSAGES; i++) {
        decide(writer, states.get(i % CONVERSATIONS), records.get(i), i);
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      System.out.printf(
          "round %d: %,d commands in %.2f s = %,.0f/s%n",
          round, MESSAGES, seconds, MESSAGES / seconds);
    }
  }

  private static void decide(Writer writer, InMemoryConversation state, byte[] record, long at) {
    if (!(writer.write(state, CommandCodec.decode(record), at) instanceof Written.Appended)) {
      throw new IllegalStateException("Expected the command to be accepted, but it was not");
    }
  }

  private static byte[] create(UUID conversation, UUID actor) {
    return CommandCodec.encode(
        envelope(
            conversation,
            actor,
            new Command.CreateConversation(
                ConversationKind.GROUP, "Group", "", HistoryVisibility.FROM_START, List.of())));
  }

  private static CommandEnvelope send(UUID conversation, UUID actor) {
    return envelope(
        conversation,
        actor,
        new Command.SendMessage(
            new Body.Sealed(
                "key",
                ByteString.copyFrom(new byte[12]),
                ByteString.copyFrom(new byte[SEALED_BYTES])),
            null,
            null));
  }

  private static CommandEnvelope envelope(UUID conversation, UUID actor, Command command) {
    return new CommandEnvelope(
        Ids.uuid7(), conversation, actor, new Origin("node", true, 0), "", command);
  }
}
