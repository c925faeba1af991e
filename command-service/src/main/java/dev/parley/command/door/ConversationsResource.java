package dev.parley.command.door;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.command.CommandServiceConfig;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.id.Ids;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// The routes. Ids of the path win over fields of the body; who asks is in the token, never in the
/// body. Every command may carry `command_id` (UUIDv7), in the body or as a query parameter: with
/// it a request can be sent again and is decided once.
@Path("/api/conversations")
@RolesAllowed("user")
@RunOnVirtualThread
public class ConversationsResource {

  private static final Pattern TRACEPARENT =
      Pattern.compile("00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

  private final CommandDoor door;
  private final Answers answers;
  private final JsonWebToken token;
  private final int bodyBytesMax;

  @Inject
  ConversationsResource(
      CommandDoor door, Answers answers, JsonWebToken token, CommandServiceConfig config) {
    this.door = door;
    this.answers = answers;
    this.token = token;
    this.bodyBytesMax = config.limits().bodyBytesMax();
  }

  @POST
  public Response create(@Context HttpHeaders headers, InputStream body) {
    return submit("create", Map.of(), headers, body);
  }

  @POST
  @Path("{conversation}/messages")
  public Response send(
      @RestPath String conversation, @Context HttpHeaders headers, InputStream body) {
    return submit("send", Map.of("conversation", conversation), headers, body);
  }

  @PATCH
  @Path("{conversation}/messages/{message}")
  public Response edit(
      @RestPath String conversation,
      @RestPath String message,
      @Context HttpHeaders headers,
      InputStream body) {
    return submit(
        "edit", Map.of("conversation", conversation, "message_id", message), headers, body);
  }

  @DELETE
  @Path("{conversation}/messages/{message}")
  public Response delete(
      @RestPath String conversation,
      @RestPath String message,
      @RestQuery("command_id") @Nullable String commandId,
      @Context HttpHeaders headers) {
    return submit(
        "delete",
        with(commandId, Map.of("conversation", conversation, "message_id", message)),
        headers,
        InputStream.nullInputStream());
  }

  /// Of oneself: join. Of another: invite.
  @PUT
  @Path("{conversation}/members/{user}")
  public Response putMember(
      @RestPath String conversation,
      @RestPath String user,
      @RestQuery("command_id") @Nullable String commandId,
      @Context HttpHeaders headers,
      InputStream body) {
    return submit(
        isCaller(user) ? "join" : "invite",
        with(commandId, Map.of("conversation", conversation, "user", user)),
        headers,
        body);
  }

  @PATCH
  @Path("{conversation}/members/{user}")
  public Response changeRole(
      @RestPath String conversation,
      @RestPath String user,
      @Context HttpHeaders headers,
      InputStream body) {
    return submit("role", Map.of("conversation", conversation, "user", user), headers, body);
  }

  /// Of oneself: leave. Of another: remove.
  @DELETE
  @Path("{conversation}/members/{user}")
  public Response removeMember(
      @RestPath String conversation,
      @RestPath String user,
      @RestQuery("command_id") @Nullable String commandId,
      @Context HttpHeaders headers) {
    return submit(
        isCaller(user) ? "leave" : "remove",
        with(commandId, Map.of("conversation", conversation, "user", user)),
        headers,
        InputStream.nullInputStream());
  }

  private Response submit(
      String type, Map<String, String> path, HttpHeaders headers, InputStream body) {
    UUID actor = Ids.parse(token.getSubject());
    if (actor == null) {
      return answers.of(
          new Answer.Refused(ErrorCode.UNAUTHENTICATED, "The token's subject is no user id."));
    }
    return switch (RequestBody.read(body, bodyBytesMax)) {
      case RequestBody.Unfit(var refused) -> answers.of(refused);
      case RequestBody.Read(ObjectNode d) -> {
        if (type.equals("send")) {
          d.set("message_id", d.get("id"));
        }
        path.forEach(d::put);
        yield answers.of(door.submit(type, d, new CommandDoor.Caller(actor, traceparent(headers))));
      }
    };
  }

  private boolean isCaller(String user) {
    return user.equals(token.getSubject());
  }

  private static Map<String, String> with(@Nullable String commandId, Map<String, String> path) {
    if (commandId == null) {
      return path;
    }
    Map<String, String> more = new java.util.HashMap<>(path);
    more.put("command_id", commandId);
    return more;
  }

  /// What is no trace context is left out: it would stand in the log for ever.
  private static String traceparent(HttpHeaders headers) {
    String given = headers.getHeaderString("traceparent");
    return given != null && TRACEPARENT.matcher(given).matches() ? given : "";
  }
}
