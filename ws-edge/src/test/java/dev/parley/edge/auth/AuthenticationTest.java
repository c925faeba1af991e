package dev.parley.edge.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.edge.auth.AuthState.Way;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.wire.CloseCode;
import dev.parley.tokens.Caller;
import dev.parley.tokens.Ended;
import dev.parley.tokens.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The whole state machine as one table: each state, each input.
class AuthenticationTest {

  private static final UUID ADA = Ids.uuid7();
  private static final UUID LAPTOP = Ids.uuid7();
  private static final UUID PHONE = Ids.uuid7();
  private static final Caller FIRST = caller(ADA, LAPTOP, 1_000);
  private static final Caller NEXT = caller(ADA, PHONE, 2_000);
  private static final Caller BOB = caller(Ids.uuid7(), Ids.uuid7(), 1_000);

  private static final Map<String, AuthState> STATES =
      new TreeMap<>(
          Map.of(
              "awaiting", new AuthState.Awaiting(),
              "identifying", new AuthState.Identifying(Way.FRAME),
              "entering", new AuthState.Entering(Way.FRAME, FIRST, false),
              "known", new AuthState.Known(FIRST),
              "renewing", new AuthState.Renewing(Way.FRAME, FIRST),
              "reentering", new AuthState.Entering(Way.FRAME, NEXT, true),
              "over", new AuthState.Over()));

  private static final Map<String, AuthInput> INPUTS = inputs();

  /// state | input | what is done | the next state. What is not listed for a state is a bug of the
  /// caller, and throws.
  private static final String TABLE =
      """
      awaiting    | offered     | look                          | identifying
      awaiting    | deadline    | close 4408                    | over
      awaiting    | ended       |                               | awaiting
      awaiting    | logout      |                               | awaiting
      awaiting    | suspended   |                               | awaiting
      awaiting    | erased      |                               | awaiting
      awaiting    | gone        |                               | over
      identifying | valid       | enter                         | entering
      identifying | valid bob   | enter                         | entering bob
      identifying | refused     | unauthenticated, close 4401   | over
      identifying | banned      | unauthenticated, close 4403   | over
      identifying | unavailable | unavailable, await            | awaiting
      identifying | deadline    |                               | identifying
      identifying | ended       |                               | identifying
      identifying | logout      |                               | identifying
      identifying | suspended   |                               | identifying
      identifying | erased      |                               | identifying
      identifying | gone        |                               | over
      entering    | no room     | close 4423                    | over
      entering    | valid       | accept                        | known
      entering    | valid bob   | accept                        | known bob
      entering    | refused     | unauthenticated, close 4401   | over
      entering    | banned      | unauthenticated, close 4403   | over
      entering    | unavailable | unavailable, close 1013       | over
      entering    | ended       | close 4401                    | over
      entering    | logout      | close 4401                    | over
      entering    | suspended   | close 4403                    | over
      entering    | erased      | close 4401                    | over
      entering    | deadline    |                               | entering
      entering    | expired     |                               | entering
      entering    | gone        |                               | over
      known       | offered     | look                          | renewing
      known       | expired     | close 4401                    | over
      known       | ended       | close 4401                    | over
      known       | logout      | close 4401                    | over
      known       | suspended   | close 4403                    | over
      known       | erased      | close 4401                    | over
      known       | deadline    |                               | known
      known       | gone        |                               | over
      renewing    | valid       | enter                         | entering again
      renewing    | valid next  | enter                         | reentering
      renewing    | valid bob   | unauthenticated               | known
      renewing    | refused     | unauthenticated               | known
      renewing    | banned      | unauthenticated, close 4403   | over
      renewing    | unavailable | unavailable                   | known
      renewing    | expired     | close 4401                    | over
      renewing    | ended       | close 4401                    | over
      renewing    | logout      | close 4401                    | over
      renewing    | suspended   | close 4403                    | over
      renewing    | erased      | close 4401                    | over
      renewing    | deadline    |                               | renewing
      renewing    | gone        |                               | over
      reentering  | no room     | close 4423                    | over
      reentering  | valid next  | accept                        | known next
      reentering  | refused     | unauthenticated, close 4401   | over
      reentering  | banned      | unauthenticated, close 4403   | over
      reentering  | unavailable | unavailable, close 1013       | over
      reentering  | ended       |                               | reentering
      reentering  | logout      |                               | reentering
      reentering  | suspended   | close 4403                    | over
      reentering  | erased      | close 4401                    | over
      reentering  | deadline    |                               | reentering
      reentering  | expired     |                               | reentering
      reentering  | gone        |                               | over
      """;

  record Row(String state, String input, String done, String next) {}

  static List<Row> rows() {
    return TABLE
        .lines()
        .map(line -> line.split("\\|"))
        .map(cells ->
            new Row(cells[0].strip(), cells[1].strip(), cells[2].strip(), cells[3].strip()))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void eachStepIsAsTheTableSays(Row row) {
    var step = Authentication.next(state(row.state()), input(row.input()));

    assertThat(String.join(", ", step.actions().stream().map(AuthenticationTest::told).toList()))
        .isEqualTo(row.done());
    assertThat(step.next()).isEqualTo(state(row.next()));
  }

  @Test
  void whatTheTableDoesNotListIsABug() {
    var listed = rows().stream().map(row -> row.state() + row.input()).toList();
    var unlisted = new ArrayList<String>();
    STATES.forEach((stateName, state) -> {
      if (state instanceof AuthState.Over) {
        return;
      }
      INPUTS.forEach((inputName, input) -> {
        if (!listed.contains(stateName + inputName) && !isVariant(inputName)) {
          unlisted.add(stateName + " " + inputName);
          assertThatThrownBy(() -> Authentication.next(state, input))
              .as("%s in %s", inputName, stateName)
              .isInstanceOf(IllegalStateException.class);
        }
      });
    });
    assertThat(unlisted).isNotEmpty();
  }

  @Test
  void nothingChangesAnyMoreOnceItIsOver() {
    var over = new AuthState.Over();
    INPUTS
        .values()
        .forEach(input ->
            assertThat(Authentication.next(over, input))
                .isEqualTo(new Authentication.Step(over, List.of())));
  }

  @Test
  void somebodyElsesTokenBesideAFrameEndsTheSession() {
    var step =
        Authentication.next(
            new AuthState.Renewing(Way.BESIDE, FIRST),
            new AuthInput.Judged(new Verdict.Valid(BOB)));
    assertThat(step.next()).isEqualTo(new AuthState.Over());
    assertThat(step.actions().getLast()).isEqualTo(new AuthAction.Close(CloseCode.TOKEN));
  }

  @Test
  void tokensThatWereIssuedLaterAndOtherPeoplesAreNotMeant() {
    for (var end :
        List.of(
            new Ended.Tokens(ADA, FIRST.issuedAtMillis()),
            new Ended.Tokens(BOB.user(), Long.MAX_VALUE),
            new Ended.Session(ADA, PHONE),
            new Ended.Session(BOB.user(), LAPTOP),
            new Ended.Suspended(BOB.user()),
            new Ended.Erased(BOB.user()))) {
      var known = new AuthState.Known(FIRST);
      assertThat(Authentication.next(known, new AuthInput.TokensEnded(end)).next())
          .as("%s", end)
          .isEqualTo(known);
    }
  }

  @Test
  void aTokenWithoutASessionIsOfNoSession() {
    var guest = new AuthState.Known(caller(ADA, null, 1_000));
    var end = new AuthInput.TokensEnded(new Ended.Session(ADA, LAPTOP));
    assertThat(Authentication.next(guest, end).next()).isEqualTo(guest);
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void whoIsRefusedAtFirstIsClosedWhicheverWayTheyCame(Way way) {
    for (var reason : Verdict.Reason.values()) {
      var step =
          Authentication.next(
              new AuthState.Identifying(way), new AuthInput.Judged(new Verdict.Refused(reason)));
      assertThat(step.next()).isEqualTo(new AuthState.Over());
      assertThat(step.actions())
          .first()
          .isInstanceOfSatisfying(
              AuthAction.Refuse.class,
              refusal ->
                  assertThat(refusal.detail())
                      .as("one sentence, whatever the reason")
                      .isEqualTo("The token is not valid here, or has expired."));
    }
  }

  private static Map<String, AuthInput> inputs() {
    var inputs = new TreeMap<String, AuthInput>();
    inputs.put("offered", new AuthInput.Offered(Way.FRAME));
    inputs.put("valid", new AuthInput.Judged(new Verdict.Valid(FIRST)));
    inputs.put("valid next", new AuthInput.Judged(new Verdict.Valid(NEXT)));
    inputs.put("valid bob", new AuthInput.Judged(new Verdict.Valid(BOB)));
    inputs.put("refused", new AuthInput.Judged(new Verdict.Refused(Verdict.Reason.REVOKED)));
    inputs.put("banned", new AuthInput.Judged(new Verdict.Refused(Verdict.Reason.SUSPENDED)));
    inputs.put("unavailable", new AuthInput.Judged(new Verdict.Unavailable()));
    inputs.put("no room", new AuthInput.NoRoom());
    inputs.put("ended", new AuthInput.TokensEnded(new Ended.Session(ADA, LAPTOP)));
    inputs.put("logout", new AuthInput.TokensEnded(new Ended.Tokens(ADA, 1_001)));
    inputs.put("suspended", new AuthInput.TokensEnded(new Ended.Suspended(ADA)));
    inputs.put("erased", new AuthInput.TokensEnded(new Ended.Erased(ADA)));
    inputs.put("deadline", new AuthInput.DeadlinePassed());
    inputs.put("expired", new AuthInput.Expired());
    inputs.put("gone", new AuthInput.Gone());
    return inputs;
  }

  /// Another value of an input that is listed.
  private static boolean isVariant(String input) {
    return input.equals("valid next") || input.equals("valid bob") || input.equals("valid");
  }

  private static AuthInput input(String name) {
    return Objects.requireNonNull(INPUTS.get(name));
  }

  private static AuthState state(String name) {
    return switch (name) {
      case "entering bob" -> new AuthState.Entering(Way.FRAME, BOB, false);
      case "entering again" -> new AuthState.Entering(Way.FRAME, FIRST, true);
      case "known bob" -> new AuthState.Known(BOB);
      case "known next" -> new AuthState.Known(NEXT);
      default -> Objects.requireNonNull(STATES.get(name));
    };
  }

  private static String told(AuthAction action) {
    return switch (action) {
      case AuthAction.Await() -> "await";
      case AuthAction.Look() -> "look";
      case AuthAction.Enter _ -> "enter";
      case AuthAction.Accept _ -> "accept";
      case AuthAction.Refuse(ErrorCode code, _) -> code.wireName();
      case AuthAction.Close(var code) -> "close " + code.code();
    };
  }

  private static Caller caller(UUID user, @Nullable UUID session, long issuedAtMillis) {
    return new Caller(user, session, false, false, null, issuedAtMillis, 9_000, "parley");
  }
}
