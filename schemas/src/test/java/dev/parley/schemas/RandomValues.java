package dev.parley.schemas;

import com.google.protobuf.ByteString;
import dev.parley.schemas.command.Command;
import dev.parley.schemas.command.ScheduleEnd;
import dev.parley.schemas.content.Attachment;
import dev.parley.schemas.content.Body;
import dev.parley.schemas.content.Content;
import dev.parley.schemas.conversation.ConversationChange;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.conversation.Everyone;
import dev.parley.schemas.conversation.Forwarded;
import dev.parley.schemas.conversation.HistoryVisibility;
import dev.parley.schemas.conversation.Role;
import dev.parley.schemas.personal.Personal;
import dev.parley.schemas.personal.ReportReason;
import dev.parley.schemas.personal.Settlement;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Any value of the vocabulary: each record is filled component by component, by its types.
public final class RandomValues {

  private final Random random;

  public RandomValues(long seed) {
    random = new Random(seed);
  }

  /// A record of a kind that a sealed interface permits.
  public <T> T of(Class<T> sealed) {
    var kinds = kinds(sealed).toList();
    return sealed.cast(record(kinds.get(random.nextInt(kinds.size()))));
  }

  /// The records that a sealed interface permits, also by way of others.
  public static Stream<Class<?>> kinds(Class<?> sealed) {
    return Arrays.stream(sealed.getPermittedSubclasses())
        .flatMap(kind -> kind.isRecord() ? Stream.of(kind) : kinds(kind));
  }

  private Object record(Class<?> kind) {
    try {
      var components = kind.getRecordComponents();
      var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      var values = Arrays.stream(components).map(this::value).toArray();
      return kind.getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException broken) {
      throw new LinkageError("Expected " + kind + " to be a record", broken);
    }
  }

  private @Nullable Object value(RecordComponent component) {
    // Without an annotation a null would be no value of the vocabulary.
    if (isNullable(component) && random.nextBoolean()) {
      return null;
    }
    var type = component.getType();
    return switch (type.getSimpleName()) {
      case "UUID" -> id();
      case "String" -> text();
      case "boolean" -> random.nextBoolean();
      case "long" -> Math.abs(random.nextLong() >> random.nextInt(64));
      case "int", "Integer" -> random.nextInt(1_000);
      case "Map" -> custom();
      case "List" -> many(this::id);
      case "Body" -> body();
      case "ConversationKind" -> any(ConversationKind.values());
      case "HistoryVisibility" -> any(HistoryVisibility.values());
      case "Role" -> any(Role.values());
      case "Everyone" -> any(Everyone.values());
      case "ScheduleEnd" -> any(ScheduleEnd.values());
      case "ReportReason" -> any(ReportReason.values());
      case "Settlement" -> any(Settlement.values());
      case "Forwarded" -> record(Forwarded.class);
      case "ConversationChange" -> record(ConversationChange.class);
      case "SendMessage" -> record(Command.SendMessage.class);
      default -> throw new AssertionError("Expected a type of the vocabulary, but found " + type);
    };
  }

  private static boolean isNullable(RecordComponent component) {
    return Arrays.stream(component.getAnnotatedType().getAnnotations())
        .anyMatch(annotation -> annotation.annotationType().getSimpleName().equals("Nullable"));
  }

  private Body body() {
    return random.nextBoolean()
        ? new Body.Sealed(text(), bytes(), bytes())
        : new Body.Plain(
            new Content(text(), many(this::id), text(), custom(), many(this::attachment)));
  }

  private Attachment attachment() {
    return (Attachment) record(Attachment.class);
  }

  private UUID id() {
    return new UUID(random.nextLong(), random.nextLong());
  }

  /// Of one to four bytes in UTF-8.
  private String text() {
    return String.join("", many(() -> any(new String[] {"a", "ß", "世", "🦜", "\n", "\"", " "})));
  }

  private ByteString bytes() {
    var bytes = new byte[random.nextInt(40)];
    random.nextBytes(bytes);
    return ByteString.copyFrom(bytes);
  }

  private Map<String, String> custom() {
    var custom = new HashMap<String, String>();
    many(this::text).forEach(name -> custom.put(name, text()));
    return custom;
  }

  private <T> List<T> many(Supplier<T> one) {
    var many = new ArrayList<T>();
    for (int left = random.nextInt(5); left > 0; left--) {
      many.add(one.get());
    }
    return many;
  }

  private <T> T any(T[] values) {
    return values[random.nextInt(values.length)];
  }

  /// What a member keeps.
  public Personal personal() {
    return of(Personal.class);
  }
}
