package dev.parley.projection.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.projection.testing.Conversation;
import dev.parley.projection.testing.Person;
import dev.parley.projection.testing.Views;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.conversation.HistoryVisibility;
import dev.parley.schemas.conversation.Role;
import dev.parley.schemas.event.EventCodec;
import dev.parley.schemas.event.EventData;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Which events of a conversation each person gets, for every kind of conversation, rule of history
/// and way of having been there; the same for the person as for an edge on their behalf.
@QuarkusTest
@QuarkusTestResource(EnginesResource.class)
@SuppressWarnings("NullAway.Init") // Injected.
class EventsMatrixTest {

  private static final int PAGE = 3;

  /// Nothing at all: 404.
  private static final List<Long> NOTHING = List.of();

  @Inject LogWriter log;

  private enum Who {
    OWNER,
    CAME_LATE,
    LEFT,
    LEFT_AND_CAME_BACK,
    REMOVED,
    BANNED,
    BANNED_FOR_A_TIME,
    STRANGER
  }

  private static List<Long> seqs(long... fromTo) {
    var seqs = new ArrayList<Long>();
    for (int i = 0; i < fromTo.length; i += 2) {
      LongStream.rangeClosed(fromTo[i], fromTo[i + 1]).forEach(seqs::add);
    }
    return seqs;
  }

  static Stream<Arguments> cells() {
    var all = seqs(1, 20);
    var channel = new LinkedHashMap<Who, List<Long>>();
    Arrays.stream(Who.values()).forEach(who -> channel.put(who, all));
    channel.put(Who.BANNED, NOTHING);
    var whileThere =
        Map.of(
            Who.LEFT, seqs(3, 6),
            Who.REMOVED, seqs(10, 12),
            Who.BANNED_FOR_A_TIME, seqs(11, 16),
            Who.BANNED, NOTHING,
            Who.STRANGER, NOTHING);
    var fromStart = new LinkedHashMap<>(whileThere);
    for (var member : List.of(Who.OWNER, Who.CAME_LATE, Who.LEFT_AND_CAME_BACK)) {
      fromStart.put(member, all);
    }
    var fromJoining = new LinkedHashMap<>(whileThere);
    fromJoining.put(Who.OWNER, seqs(2, 20));
    fromJoining.put(Who.CAME_LATE, seqs(18, 20));
    fromJoining.put(Who.LEFT_AND_CAME_BACK, seqs(4, 8, 14, 20));
    return Stream.of(
        Arguments.of(ConversationKind.CHANNEL, HistoryVisibility.FROM_START, channel),
        Arguments.of(ConversationKind.CHANNEL, HistoryVisibility.FROM_JOINING, channel),
        Arguments.of(ConversationKind.GROUP, HistoryVisibility.FROM_START, fromStart),
        Arguments.of(ConversationKind.GROUP, HistoryVisibility.FROM_JOINING, fromJoining),
        Arguments.of(ConversationKind.SPACE, HistoryVisibility.FROM_START, fromStart),
        Arguments.of(ConversationKind.SPACE, HistoryVisibility.FROM_JOINING, fromJoining));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("cells")
  void eachPersonGetsTheEventsOfTheTimeThatIsTheirs(
      ConversationKind kind, HistoryVisibility history, Map<Who, List<Long>> expected) {
    var people = new LinkedHashMap<Who, Person>();
    Arrays.stream(Who.values()).forEach(who -> people.put(who, log.newPerson()));
    var conversation = played(kind, history, people);
    write(conversation);

    assertThat(expected).containsOnlyKeys(Who.values());
    expected.forEach((who, seqs) -> {
      var person = person(people, who);
      assertThat(ofEdge(conversation, "&user=" + person.id())).as("%s, edge", who).isEqualTo(seqs);
      assertThat(ofPerson(conversation, person)).as("%s", who).isEqualTo(seqs);
    });
    assertThat(ofEdge(conversation, "")).as("an edge that answers for it").isEqualTo(seqs(1, 20));
  }

  private static Person person(Map<Who, Person> people, Who who) {
    return Objects.requireNonNull(people.get(who));
  }

  private static Conversation played(
      ConversationKind kind, HistoryVisibility history, Map<Who, Person> people) {
    var owner = person(people, Who.OWNER);
    var back = person(people, Who.LEFT_AND_CAME_BACK);
    var told = new Conversation(owner, kind, history, "Matrix");
    told.join(person(people, Who.LEFT), Role.MEMBER); // 3
    told.join(back, Role.MEMBER);
    told.sendPlain(owner, "five");
    told.leave(person(people, Who.LEFT)); // 6
    told.sendPlain(owner, "seven");
    told.leave(back); // 8
    told.join(person(people, Who.BANNED), Role.MEMBER);
    told.join(person(people, Who.REMOVED), Role.MEMBER); // 10
    told.join(person(people, Who.BANNED_FOR_A_TIME), Role.MEMBER);
    told.remove(owner, person(people, Who.REMOVED)); // 12
    told.remove(owner, person(people, Who.BANNED));
    told.join(back, Role.MEMBER); // 14
    told.add(owner, new EventData.MemberBanned(person(people, Who.BANNED).id(), 0, "spam"));
    told.remove(owner, person(people, Who.BANNED_FOR_A_TIME)); // 16
    told.add(
        owner, new EventData.MemberBanned(person(people, Who.BANNED_FOR_A_TIME).id(), 1, "over"));
    told.join(person(people, Who.CAME_LATE), Role.MEMBER); // 18
    told.sendPlain(owner, "nineteen");
    told.sendPlain(owner, "twenty");
    return told;
  }

  private void write(Conversation conversation) {
    log.write(conversation);
    Views.await(conversation);
  }

  private static Response internal(String path) {
    return given().header("Parley-Internal", EnginesResource.SECRET).get(path);
  }

  private static List<Long> ofEdge(Conversation conversation, String user) {
    var seqs = new ArrayList<Long>();
    while (true) {
      var page =
          internal(
              "/internal/conversations/%s/events?after=%d&limit=%d%s"
                  .formatted(conversation.id(), last(seqs), PAGE, user));
      if (page.statusCode() == 404) {
        return NOTHING;
      }
      var records = page.jsonPath().getList("events", String.class);
      records.forEach(
          record -> seqs.add(EventCodec.decode(Base64.getDecoder().decode(record)).event().seq()));
      if (records.size() < PAGE) {
        assertThat(page.jsonPath().getLong("head")).isEqualTo(last(seqs));
        return seqs;
      }
    }
  }

  private static List<Long> ofPerson(Conversation conversation, Person person) {
    var token = Tokens.of(person.id(), "user");
    var seqs = new ArrayList<Long>();
    while (true) {
      var page =
          given()
              .auth()
              .oauth2(token)
              .get(
                  "/api/conversations/{id}/events?after={after}&limit={limit}",
                  conversation.id(),
                  last(seqs),
                  PAGE);
      if (page.statusCode() == 404) {
        return NOTHING;
      }
      var found = page.jsonPath().getList("events.seq", Long.class);
      seqs.addAll(found);
      if (found.size() < PAGE) {
        return seqs;
      }
    }
  }

  private static long last(List<Long> seqs) {
    return seqs.isEmpty() ? 0 : seqs.getLast();
  }
}
