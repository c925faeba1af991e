package dev.parley.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.edge.hub.Inbox;
import dev.parley.edge.outbox.Frame;
import dev.parley.edge.session.Link;
import dev.parley.log.LogEntry;
import dev.parley.projection.fold.Fold;
import dev.parley.projection.fold.ViewChange;
import dev.parley.schemas.content.Body;
import dev.parley.schemas.content.Content;
import dev.parley.schemas.event.Event;
import dev.parley.schemas.event.EventCodec;
import dev.parley.schemas.event.EventData;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.topic.Topics;
import dev.parley.schemas.wire.Json;
import dev.parley.simulation.Anomaly.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each kind of anomaly, planted at a seam between the parts: it is found within a few seeds.
class PlantedBugsTest {

  private static final int SEEDS = 40;

  record Bug(String name, Kind kind, Supplier<Wiring> wiring) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Bug> bugs() {
    return Stream.concat(bugsBeforeTheIndex(), IndexBugs.all());
  }

  private static Stream<Bug> bugsBeforeTheIndex() {
    return Stream.of(
        new Bug("a store that forgets messages", Kind.DUPLICATED, ForgetsMessages::new),
        new Bug("a decider with a clock", Kind.DIVERGED, HasAClock::new),
        new Bug("an abort that commits", Kind.TWO_WITH_ONE_SEQ, CommitsWhatIsLost::new),
        new Bug("an event with another time", Kind.BROKEN_CHAIN, AltersTimes::new),
        new Bug("a message that nobody sent", Kind.PHANTOM, InventsMessages::new),
        new Bug(
            "ok to what was refused",
            Kind.LOST,
            () -> new Frames(PlantedBugsTest::isRefused, 5, PlantedBugsTest::accept)),
        new Bug(
            "ok with another seq",
            Kind.SEQ_CHANGED,
            () -> new Frames(PlantedBugsTest::isAccepted, 5, PlantedBugsTest::alterSeq)),
        new Bug(
            "a refusal of what was stored",
            Kind.ANSWER_TO_FAILED_SEND,
            () -> new Frames(PlantedBugsTest::isAccepted, 5, PlantedBugsTest::refuse)),
        new Bug(
            "an edge that leaves out",
            Kind.HOLE,
            () -> new Frames(PlantedBugsTest::isEvent, 15, _ -> List.of())),
        new Bug(
            "an edge that repeats",
            Kind.DUPLICATED,
            () -> new Frames(PlantedBugsTest::isEvent, 15, event -> List.of(event, event))),
        new Bug("an edge that delays", Kind.REORDERED, Delays::new),
        new Bug(
            "an edge that alters",
            Kind.DIVERGED,
            () -> new Frames(PlantedBugsTest::isEvent, 15, PlantedBugsTest::alterActor)),
        new Bug("an inbox that keeps who left", Kind.READ_AFTER_REMOVAL, KeepsWhoLeft::new),
        new Bug(
            "a view without own sends",
            Kind.WRONG_UNREAD,
            () -> new Folds(PlantedBugsTest::withoutOwnSends)),
        new Bug(
            "a view without deletes",
            Kind.RESURRECTED_DELETE,
            () -> new Folds(PlantedBugsTest::withoutDeletes)),
        new Bug(
            "a view without edits",
            Kind.VIEW_DIFFERS,
            () -> new Folds(PlantedBugsTest::withoutEdits)),
        new Bug("a view that skips", Kind.BROKEN, SkipsOnce::new));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bugs")
  void isFound(Bug bug) {
    var found =
        LongStream.rangeClosed(1, SEEDS)
            .filter(seed ->
                Simulate.run(seed, bug.wiring().get()).anomalies().stream()
                    .anyMatch(anomaly -> anomaly.kind() == bug.kind()))
            .findFirst();
    assertThat(found).as("%s within %d seeds", bug.kind(), SEEDS).isPresent();
    System.out.printf("%s: %s at seed %d%n", bug, bug.kind(), found.getAsLong());
  }

  @Test
  void everyKindIsPlanted() {
    var kinds = EnumSet.noneOf(Kind.class);
    bugs().forEach(bug -> kinds.add(bug.kind()));
    assertThat(kinds).containsExactlyInAnyOrder(Kind.values());
  }

  /// In the key of a message its conversation is followed by a letter.
  private static final class ForgetsMessages extends Wiring {
    @Override
    void afterAbort(StateStore store) {
      store.forget(key -> key.get()[16] == 'm');
    }
  }

  private static final class HasAClock extends Wiring {
    @Override
    long timeOfCommand(LogEntry command, long nowMillis) {
      return nowMillis;
    }
  }

  private static final class CommitsWhatIsLost extends Wiring {
    @Override
    boolean commitsWhatIsLost() {
      return true;
    }
  }

  private static final class AltersTimes extends Wiring {
    private int count;

    @Override
    byte[] decided(String topic, byte[] value) {
      if (!topic.equals(Topics.EVENTS) || ++count != 20) {
        return value;
      }
      var event = EventCodec.decode(value).event();
      return altered(event, event.atMillis() + 1, event.data());
    }
  }

  private static final class InventsMessages extends Wiring {
    @Override
    byte[] decided(String topic, byte[] value) {
      if (!topic.equals(Topics.EVENTS)) {
        return value;
      }
      var event = EventCodec.decode(value).event();
      return event.data() instanceof EventData.MessageSent sent && event.ordinal() == 3
          ? altered(event, event.atMillis(), withAnotherId(sent))
          : value;
    }

    private static EventData withAnotherId(EventData.MessageSent sent) {
      return new EventData.MessageSent(
          Ids.imported("planted", sent.message().toString(), 1),
          new Body.Plain(new Content("invented", List.of())),
          sent.replyTo(),
          sent.thread(),
          sent.imported());
    }
  }

  private static byte[] altered(Event event, long atMillis, EventData data) {
    return EventCodec.chain(
            new Event(
                event.conversation(),
                event.seq(),
                event.ordinal(),
                atMillis,
                event.actor(),
                event.commandId(),
                event.epoch(),
                event.prevHash(),
                event.traceparent(),
                data))
        .record();
  }

  private static boolean isEvent(ObjectNode frame) {
    return frame.path("t").asText().equals("event");
  }

  private static boolean isAccepted(ObjectNode frame) {
    return frame.path("ok").path("seq").asLong() > 0;
  }

  private static boolean isRefused(ObjectNode frame) {
    return frame.has("err") && !frame.path("err").path("temporary").asBoolean();
  }

  private static List<ObjectNode> accept(ObjectNode frame) {
    frame.remove("err");
    frame.putObject("ok").put("seq", 3).put("duplicate", false);
    return List.of(frame);
  }

  private static List<ObjectNode> refuse(ObjectNode frame) {
    frame.remove("ok");
    frame.putObject("err").put("code", "forbidden").put("temporary", false);
    return List.of(frame);
  }

  private static List<ObjectNode> alterSeq(ObjectNode frame) {
    var ok = (ObjectNode) frame.path("ok");
    ok.put("seq", ok.path("seq").asLong() + 1);
    return List.of(frame);
  }

  private static List<ObjectNode> alterActor(ObjectNode frame) {
    ((ObjectNode) frame.path("d")).put("actor", new UUID(1, 1).toString());
    return List.of(frame);
  }

  /// Does something to each nth frame of a kind.
  private static final class Frames extends Wiring {
    private final Predicate<ObjectNode> which;
    private final int nth;
    private final Function<ObjectNode, List<ObjectNode>> instead;
    private int count;

    Frames(Predicate<ObjectNode> which, int nth, Function<ObjectNode, List<ObjectNode>> instead) {
      this.which = which;
      this.nth = nth;
      this.instead = instead;
    }

    @Override
    List<Frame> frames(Link socket, Frame frame) {
      var json = json(frame);
      return which.test(json) && ++count % nth == 0
          ? instead.apply(json).stream().map(Frame::of).toList()
          : List.of(frame);
    }
  }

  /// Sends an event after the one that follows it.
  private static final class Delays extends Wiring {
    private final Map<Link, Frame> kept = new HashMap<>();
    private int count;

    @Override
    List<Frame> frames(Link socket, Frame frame) {
      if (!isEvent(json(frame))) {
        return List.of(frame);
      }
      var before = kept.remove(socket);
      if (before != null) {
        return List.of(frame, before);
      }
      if (++count % 15 == 0) {
        kept.put(socket, frame);
        return List.of();
      }
      return List.of(frame);
    }
  }

  /// A person stays where they once were, as far as edges know.
  private static final class KeepsWhoLeft extends Wiring {
    private final Map<UUID, Map<UUID, Inbox.Item>> known = new HashMap<>();
    private final Map<UUID, Long> heads = new HashMap<>();

    @Override
    Inbox inbox(Inbox inbox) {
      return user ->
          inbox
              .of(user)
              .thenApply(snapshot -> {
                var items = known.computeIfAbsent(user, _ -> new LinkedHashMap<>());
                for (var item : snapshot.items()) {
                  items.put(item.conversation(), item);
                  heads.merge(item.conversation(), item.headSeq(), Math::max);
                }
                return new Inbox.Snapshot(
                    items.values().stream().map(this::atItsHead).toList(), false);
              });
    }

    private Inbox.Item atItsHead(Inbox.Item item) {
      long head = heads.getOrDefault(item.conversation(), item.headSeq());
      return new Inbox.Item(
          item.conversation(),
          head,
          item.joinedSeq(),
          ((ObjectNode) item.json().deepCopy()).put("head_seq", head));
    }
  }

  private static ViewChange withoutOwnSends(ViewChange change) {
    return with(change, change.messagePatches(), List.of());
  }

  private static ViewChange withoutDeletes(ViewChange change) {
    return withPatches(change, patch -> !patch.deleted());
  }

  private static ViewChange withoutEdits(ViewChange change) {
    return withPatches(change, patch -> patch.edit() == null);
  }

  private static ViewChange withPatches(
      ViewChange change, Predicate<ViewChange.MessagePatch> which) {
    return with(change, change.messagePatches().stream().filter(which).toList(), change.ownSends());
  }

  private static final class Folds extends Wiring {
    private final UnaryOperator<ViewChange> instead;

    Folds(UnaryOperator<ViewChange> instead) {
      this.instead = instead;
    }

    @Override
    ViewChange folded(ViewChange change) {
      return instead.apply(change);
    }
  }

  private static final class SkipsOnce extends Wiring {
    private int count;

    @Override
    ViewChange folded(ViewChange change) {
      return !change.heads().isEmpty() && ++count == 5 ? Fold.fold(List.of()) : change;
    }
  }

  private static ViewChange with(
      ViewChange change, List<ViewChange.MessagePatch> patches, List<ViewChange.OwnSend> ownSends) {
    return new ViewChange(
        change.conversations(),
        change.heads(),
        change.stays(),
        change.stayPatches(),
        change.memberships(),
        change.messages(),
        new ArrayList<>(patches),
        change.revisions(),
        change.events(),
        ownSends,
        change.asides());
  }

  private static ObjectNode json(Frame frame) {
    try {
      return (ObjectNode) Json.MAPPER.readTree(frame.bytes());
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
