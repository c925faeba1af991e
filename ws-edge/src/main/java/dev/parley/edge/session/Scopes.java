package dev.parley.edge.session;

import dev.parley.schemas.token.Scope;
import dev.parley.schemas.wire.ClientFrame;
import java.util.Set;
import java.util.stream.Collectors;

/// What a token must reach to for a frame.
final class Scopes {

  private Scopes() {}

  /// All of these; none of a frame that is for everybody, or that there is not.
  static Set<Scope> of(String type) {
    var frame = ClientFrame.fromWire(type);
    return frame == null ? Set.of() : of(frame);
  }

  /// For people.
  static String named(String type) {
    return of(type).stream()
        .sorted()
        .map(scope -> "the scope \"" + scope.wireName() + "\"")
        .collect(Collectors.joining(" and "));
  }

  static Set<Scope> of(ClientFrame frame) {
    return switch (frame) {
      case AUTH, REFRESH, PING, PONG -> Set.of();
      case RESUME, WATCH, UNWATCH, PRESENCE_SUB, PRESENCE_UNSUB -> Set.of(Scope.READ);
      // Copies what it reads.
      case FORWARD -> Set.of(Scope.READ, Scope.WRITE);
      case CREATE,
          CHANGE,
          ARCHIVE,
          JOIN,
          LEAVE,
          INVITE,
          REMOVE,
          ROLE,
          TRANSFER,
          BAN,
          UNBAN,
          MUTE,
          SEND,
          EDIT,
          DELETE,
          REACT,
          UNREACT,
          PIN,
          UNPIN,
          ADD_CHANNEL,
          REMOVE_CHANNEL,
          SCHEDULE,
          CANCEL_SCHEDULE,
          DELIVERED,
          READ,
          SETTINGS,
          DRAFT,
          HIDE,
          REPORT,
          TYPING ->
          Set.of(Scope.WRITE);
    };
  }
}
