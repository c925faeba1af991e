package dev.parley.edge.auth;

import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.wire.CloseCode;
import dev.parley.tokens.Caller;
import dev.parley.tokens.Ended;
import dev.parley.tokens.Verdict;
import java.util.List;

/// The one way in. Every credential, by whichever way it came, goes through these states:
///
/// ```
/// Awaiting --offered--> Identifying --valid--> Entering --still valid--> Known --offered--> Renewing
///    ^                    |     |                 |  ^                     ^                  |   |
///    +----unavailable-----+     +--refused--+     |  +------valid----------|------------------+   |
///                                           v     v                        +---refused, unavailable
///                                           Over <--------- expired, ended, gone
/// ```
///
/// The first credential that is good says who it is; later ones move the end, and must be of the
/// same person. Who shows a bad one first is closed; who shows a bad one later keeps the time that
/// they have. No clock, no socket, no thread.
public final class Authentication {

  private static final String NOT_VALID = "The token is not valid here, or has expired.";
  private static final AuthState OVER = new AuthState.Over();

  /// @param actions to be done, in this order
  public record Step(AuthState next, List<AuthAction> actions) {
    public Step {
      actions = List.copyOf(actions);
    }
  }

  private Authentication() {}

  public static Step next(AuthState state, AuthInput input) {
    return switch (state) {
      case AuthState.Over _ -> stay(state);
      case AuthState _ when input instanceof AuthInput.Gone -> new Step(OVER, List.of());
      case AuthState.Awaiting awaiting -> awaiting(awaiting, input);
      case AuthState.Identifying identifying -> identifying(identifying, input);
      case AuthState.Entering entering -> entering(entering, input);
      case AuthState.Known known -> known(known, input);
      case AuthState.Renewing renewing -> renewing(renewing, input);
    };
  }

  private static Step awaiting(AuthState.Awaiting state, AuthInput input) {
    return switch (input) {
      case AuthInput.Offered(var way) ->
          new Step(new AuthState.Identifying(way), List.of(new AuthAction.Look()));
      case AuthInput.DeadlinePassed _ -> over(CloseCode.NO_AUTH_IN_TIME);
      case AuthInput.TokensEnded _ -> stay(state);
      case AuthInput.Judged _, AuthInput.NoRoom _, AuthInput.Expired _, AuthInput.Gone _ ->
          throw unexpected(state, input);
    };
  }

  private static Step identifying(AuthState.Identifying state, AuthInput input) {
    return switch (input) {
      case AuthInput.Judged(Verdict.Valid(var caller)) ->
          new Step(
              new AuthState.Entering(state.way(), caller, false),
              List.of(new AuthAction.Enter(caller)));
      case AuthInput.Judged(Verdict.Refused(var reason)) -> refusedAndOver(reason);
      case AuthInput.Judged(Verdict.Unavailable _) ->
          new Step(new AuthState.Awaiting(), List.of(unavailable(), new AuthAction.Await()));
      // Whose it is is not known yet, and a deadline that ran out just before does not count.
      case AuthInput.TokensEnded _, AuthInput.DeadlinePassed _ -> stay(state);
      case AuthInput.Offered _, AuthInput.NoRoom _, AuthInput.Expired _, AuthInput.Gone _ ->
          throw unexpected(state, input);
    };
  }

  private static Step entering(AuthState.Entering state, AuthInput input) {
    return switch (input) {
      case AuthInput.NoRoom _ -> over(CloseCode.CONNECTION_LIMIT);
      case AuthInput.Judged(Verdict.Valid(var caller)) ->
          new Step(
              new AuthState.Known(caller), List.of(new AuthAction.Accept(state.way(), caller)));
      case AuthInput.Judged(Verdict.Refused(var reason)) -> refusedAndOver(reason);
      case AuthInput.Judged(Verdict.Unavailable _) ->
          new Step(OVER, List.of(unavailable(), new AuthAction.Close(CloseCode.TRY_LATER)));
      case AuthInput.TokensEnded(var end) -> ended(state, state.caller(), end);
      // Of the token before this one.
      case AuthInput.Expired _, AuthInput.DeadlinePassed _ -> stay(state);
      case AuthInput.Offered _, AuthInput.Gone _ -> throw unexpected(state, input);
    };
  }

  private static Step known(AuthState.Known state, AuthInput input) {
    return switch (input) {
      case AuthInput.Offered(var way) ->
          new Step(new AuthState.Renewing(way, state.caller()), List.of(new AuthAction.Look()));
      case AuthInput.Expired _ -> over(CloseCode.TOKEN);
      case AuthInput.TokensEnded(var end) -> ended(state, state.caller(), end);
      case AuthInput.DeadlinePassed _ -> stay(state);
      case AuthInput.Judged _, AuthInput.NoRoom _, AuthInput.Gone _ ->
          throw unexpected(state, input);
    };
  }

  private static Step renewing(AuthState.Renewing state, AuthInput input) {
    var before = new AuthState.Known(state.caller());
    return switch (input) {
      case AuthInput.Judged(Verdict.Valid(var caller))
          when caller.user().equals(state.caller().user()) ->
          new Step(
              new AuthState.Entering(state.way(), caller, true),
              List.of(new AuthAction.Enter(caller)));
      case AuthInput.Judged(Verdict.Valid _) -> somebodyElses(state, before);
      case AuthInput.Judged(Verdict.Refused(var reason)) ->
          isOfThePerson(reason)
              ? refusedAndOver(reason)
              : new Step(before, List.of(refuse(NOT_VALID)));
      case AuthInput.Judged(Verdict.Unavailable _) -> new Step(before, List.of(unavailable()));
      case AuthInput.Expired _ -> over(CloseCode.TOKEN);
      case AuthInput.TokensEnded(var end) -> ended(state, state.caller(), end);
      case AuthInput.DeadlinePassed _ -> stay(state);
      case AuthInput.Offered _, AuthInput.NoRoom _, AuthInput.Gone _ ->
          throw unexpected(state, input);
    };
  }

  /// A client that has become somebody else must not go on under the first name; one that only asks
  /// by mistake is told.
  private static Step somebodyElses(AuthState.Renewing state, AuthState before) {
    var refusal = refuse("The token is somebody else's.");
    return switch (state.way()) {
      case BESIDE -> new Step(OVER, List.of(refusal, new AuthAction.Close(CloseCode.TOKEN)));
      case FRAME, HANDSHAKE -> new Step(before, List.of(refusal));
    };
  }

  private static Step ended(AuthState state, Caller caller, Ended end) {
    if (!end.user().equals(caller.user())) {
      return stay(state);
    }
    return switch (end) {
      case Ended.Session(_, var session) ->
          session.equals(caller.session()) ? over(CloseCode.TOKEN) : stay(state);
      case Ended.Tokens(_, var beforeMillis) ->
          caller.issuedAtMillis() < beforeMillis ? over(CloseCode.TOKEN) : stay(state);
      case Ended.Suspended _ -> over(CloseCode.BANNED);
      case Ended.Erased _ -> over(CloseCode.TOKEN);
    };
  }

  private static boolean isOfThePerson(Verdict.Reason reason) {
    return switch (reason) {
      case SUSPENDED, ERASED -> true;
      case MALFORMED, EXPIRED, UNKNOWN_ISSUER, AUDIENCE, SIGNATURE, REVOKED -> false;
    };
  }

  private static Step refusedAndOver(Verdict.Reason reason) {
    var code = reason == Verdict.Reason.SUSPENDED ? CloseCode.BANNED : CloseCode.TOKEN;
    return new Step(OVER, List.of(refuse(NOT_VALID), new AuthAction.Close(code)));
  }

  private static AuthAction refuse(String detail) {
    return new AuthAction.Refuse(ErrorCode.UNAUTHENTICATED, detail);
  }

  private static AuthAction unavailable() {
    return new AuthAction.Refuse(ErrorCode.UNAVAILABLE, "Tokens cannot be checked now.");
  }

  private static Step over(CloseCode code) {
    return new Step(OVER, List.of(new AuthAction.Close(code)));
  }

  private static Step stay(AuthState state) {
    return new Step(state, List.of());
  }

  private static IllegalStateException unexpected(AuthState state, AuthInput input) {
    return new IllegalStateException(
        "Expected nothing like " + input.getClass().getSimpleName() + " in " + state);
  }
}
