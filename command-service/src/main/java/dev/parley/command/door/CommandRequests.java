package dev.parley.command.door;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.command.CommandServiceConfig;
import dev.parley.tokens.Caller;
import dev.parley.tokens.CurrentCaller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// From a request to an answer: who asks, what the body and the path say.
@ApplicationScoped
public class CommandRequests {

  private static final Pattern TRACEPARENT =
      Pattern.compile("00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

  private final CommandDoor door;
  private final Answers answers;
  private final CurrentCaller caller;
  private final int bodyBytesMax;

  @Inject
  CommandRequests(
      CommandDoor door, Answers answers, CurrentCaller caller, CommandServiceConfig config) {
    this.door = door;
    this.answers = answers;
    this.caller = caller;
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
    Caller asking = caller.get();
    return switch (RequestBody.read(body, bodyBytesMax)) {
      case RequestBody.Unfit(var refused) -> answers.of(refused);
      case RequestBody.Read(ObjectNode d) -> {
        path.forEach(d::put);
        yield answers.of(
            by.apply(
                d, new CommandDoor.Caller(asking.user(), asking.admin(), traceparent(headers))));
      }
    };
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
