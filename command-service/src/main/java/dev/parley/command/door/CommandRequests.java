package dev.parley.command.door;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.command.CommandServiceConfig;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.token.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/// From a request to an answer: who asks, what the body and the path say.
@ApplicationScoped
public class CommandRequests {

  private static final Pattern TRACEPARENT =
      Pattern.compile("00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

  private final CommandDoor door;
  private final Answers answers;
  private final JsonWebToken token;
  private final int bodyBytesMax;

  @Inject
  CommandRequests(
      CommandDoor door, Answers answers, JsonWebToken token, CommandServiceConfig config) {
    this.door = door;
    this.answers = answers;
    this.token = token;
    this.bodyBytesMax = config.limits().bodyBytesMax();
  }

  /// @param type of the command
  /// @param path fields that the path names; they win over those of the body
  Response submit(String type, Map<String, String> path, HttpHeaders headers, InputStream body) {
    return answer(path, headers, body, (d, by) -> door.submit(type, named(type, d), by));
  }

  CommandDoor door() {
    return door;
  }

  /// A command without a body.
  Response submit(String type, Map<String, String> path, HttpHeaders headers) {
    return submit(type, path, headers, InputStream.nullInputStream());
  }

  /// What is no plain command.
  Response answer(
      Map<String, String> path,
      HttpHeaders headers,
      InputStream body,
      BiFunction<ObjectNode, CommandDoor.Caller, Answer> by) {
    UUID actor = Ids.parse(token.getSubject());
    if (actor == null) {
      return answers.of(
          new Answer.Refused(ErrorCode.UNAUTHENTICATED, "The token's subject is no user id."));
    }
    return switch (RequestBody.read(body, bodyBytesMax)) {
      case RequestBody.Unfit(var refused) -> answers.of(refused);
      case RequestBody.Read(ObjectNode d) -> {
        path.forEach(d::put);
        yield answers.of(
            by.apply(d, new CommandDoor.Caller(actor, isAdmin(), traceparent(headers))));
      }
    };
  }

  /// As the verified token says, and nothing else: an admin whose token is not narrowed to less.
  private boolean isAdmin() {
    Object scopes = token.getClaim("scope");
    return token.getGroups().contains(Scope.ADMIN.wireName())
        && (scopes == null
            || List.of(scopes.toString().split(" ")).contains(Scope.ADMIN.wireName()));
  }

  static Map<String, String> with(@Nullable String commandId, Map<String, String> path) {
    if (commandId == null) {
      return path;
    }
    Map<String, String> more = new HashMap<>(path);
    more.put("command_id", commandId);
    return more;
  }

  /// A new message is named by `id`, as in what is read.
  private static ObjectNode named(String type, ObjectNode d) {
    if (type.equals("send") || type.equals("schedule")) {
      d.set("message_id", d.get("id"));
    }
    return d;
  }

  /// What is no trace context is left out: it would stand in the log for ever.
  private static String traceparent(HttpHeaders headers) {
    String given = headers.getHeaderString("traceparent");
    return given != null && TRACEPARENT.matcher(given).matches() ? given : "";
  }
}
