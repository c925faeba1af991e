package dev.parley.edge.auth;

import dev.parley.schemas.error.ErrorCode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What becomes of an upgrade request.
///
/// Of several ways in, the first of these counts, and the others are not looked at: the header
/// `Authorization`, the subprotocol `bearer.<token>`, the subprotocol `ticket.<ticket>`, the query
/// `ticket`, the query `token` (where it is allowed at all), a first frame that brings a token or a
/// ticket, the cookie. So what somebody put there on purpose comes before what a browser adds by
/// itself, and nothing that is refused is made good by something else.
public sealed interface Handshake {

  /// The subprotocol that is spoken.
  String PROTOCOL = "parley.v1.json";

  /// The cookie that holds an access token.
  String COOKIE = "parley_access";

  /// The socket is opened.
  ///
  /// @param shown null: the first frame is to say who it is
  /// @param cookie what counts if the first frame does not say it either
  /// @param versionKnown whether it offered no subprotocol of ours, or the one that is spoken
  record Taken(@Nullable Credential shown, @Nullable Credential cookie, boolean versionKnown)
      implements Handshake {}

  /// Answered by HTTP, without a socket.
  ///
  /// @param detail repeats nothing of the request
  record Refused(ErrorCode code, String detail) implements Handshake {}

  /// The request, as far as it says who asks.
  ///
  /// @param protocols all of `Sec-WebSocket-Protocol`, comma separated
  /// @param ticket of the query
  /// @param token of the query
  /// @param cookie the value of the cookie [#COOKIE]
  /// @param origin of the page that asks, as its browser says
  /// @param host that was asked
  record Request(
      @Nullable String authorization,
      @Nullable String protocols,
      @Nullable String ticket,
      @Nullable String token,
      @Nullable String cookie,
      @Nullable String origin,
      @Nullable String host) {

    /// The subprotocols that are asked for, without the secrets among them.
    public List<String> versions() {
      return offered().stream()
          .filter(
              one -> Arrays.stream(Secret.values()).noneMatch(kind -> one.startsWith(kind.prefix)))
          .toList();
    }

    private List<String> offered() {
      return protocols == null || protocols.isBlank()
          ? List.of()
          : Arrays.stream(protocols.split(",")).map(String::strip).toList();
    }

    private boolean isVersionKnown() {
      return versions().isEmpty() || versions().contains(PROTOCOL);
    }

    /// Not the secrets.
    @Override
    public String toString() {
      return "Request[origin=" + origin + ", host=" + host + "]";
    }
  }

  /// What this deployment lets in.
  ///
  /// @param tokenInQuery whether `?token=` is a way in
  /// @param ownPage whether the request comes from a page of this deployment, or of an origin that
  ///   it trusts: a browser adds a cookie on behalf of any page
  record Rules(boolean tokenInQuery, Predicate<Request> ownPage) {}

  static Handshake of(Request request, Rules rules) {
    if (request.token() != null && !rules.tokenInQuery()) {
      return new Refused(
          ErrorCode.MALFORMED,
          "A token in the query string is not taken here: it would be kept in logs. Use a ticket of"
              + " POST /api/auth/ws-ticket, the Authorization header, a subprotocol or a first"
              + " frame.");
    }
    var shown = shown(request);
    if (shown != null || request.cookie() == null) {
      return new Taken(shown, null, request.isVersionKnown());
    }
    return rules.ownPage().test(request)
        ? new Taken(null, new Credential.AccessToken(request.cookie()), request.isVersionKnown())
        : new Refused(
            ErrorCode.FORBIDDEN, "The cookie is taken from pages of an allowed origin only.");
  }

  private static @Nullable Credential shown(Request request) {
    var offered = request.offered();
    var bearer = bearer(request.authorization());
    if (bearer == null) {
      bearer = after(Secret.BEARER, offered);
    }
    if (bearer != null) {
      return new Credential.AccessToken(bearer);
    }
    var ticket = after(Secret.TICKET, offered);
    if (ticket == null) {
      ticket = request.ticket();
    }
    if (ticket != null) {
      return Credential.ticket(ticket);
    }
    return request.token() == null ? null : new Credential.AccessToken(request.token());
  }

  private static @Nullable String bearer(@Nullable String authorization) {
    var scheme = "bearer ";
    return authorization != null && authorization.toLowerCase(Locale.ROOT).startsWith(scheme)
        ? authorization.substring(scheme.length()).strip()
        : null;
  }

  private static @Nullable String after(Secret kind, List<String> offered) {
    return offered.stream()
        .filter(one -> one.startsWith(kind.prefix))
        .map(one -> one.substring(kind.prefix.length()))
        .findFirst()
        .orElse(null);
  }

  /// Subprotocols that are none: browsers can send nothing else at a handshake.
  enum Secret {
    BEARER("bearer."),
    TICKET("ticket.");

    private final String prefix;

    Secret(String prefix) {
      this.prefix = prefix;
    }
  }
}
