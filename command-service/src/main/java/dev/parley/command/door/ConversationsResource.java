package dev.parley.command.door;

import dev.parley.tokens.CurrentCaller;
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

  private final CommandRequests requests;
  private final CurrentCaller caller;

  @Inject
  ConversationsResource(CommandRequests requests, CurrentCaller caller) {
    this.requests = requests;
    this.caller = caller;
  }

  @POST
  public Response create(@Context HttpHeaders headers, InputStream body) {
    return requests.submit("create", Map.of(), headers, body);
  }

  @PATCH
  @Path("{conversation}")
  public Response change(
      @RestPath String conversation, @Context HttpHeaders headers, InputStream body) {
    return requests.submit("change", Map.of("conversation", conversation), headers, body);
  }

  @POST
  @Path("{conversation}/messages")
  public Response send(
      @RestPath String conversation, @Context HttpHeaders headers, InputStream body) {
    return requests.submit("send", Map.of("conversation", conversation), headers, body);
  }

  @PATCH
  @Path("{conversation}/messages/{message}")
  public Response edit(
      @RestPath String conversation,
      @RestPath String message,
      @Context HttpHeaders headers,
      InputStream body) {
    return requests.submit(
        "edit", Map.of("conversation", conversation, "message_id", message), headers, body);
  }

  @DELETE
  @Path("{conversation}/messages/{message}")
  public Response delete(
      @RestPath String conversation,
      @RestPath String message,
      @RestQuery("command_id") @Nullable String commandId,
      @Context HttpHeaders headers) {
    return requests.submit(
        "delete",
        CommandRequests.with(
            commandId, Map.of("conversation", conversation, "message_id", message)),
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
    return requests.submit(
        isCaller(user) ? "join" : "invite",
        CommandRequests.with(commandId, Map.of("conversation", conversation, "user", user)),
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
    return requests.submit(
        "role", Map.of("conversation", conversation, "user", user), headers, body);
  }

  /// Of oneself: leave. Of another: remove.
  @DELETE
  @Path("{conversation}/members/{user}")
  public Response removeMember(
      @RestPath String conversation,
      @RestPath String user,
      @RestQuery("command_id") @Nullable String commandId,
      @Context HttpHeaders headers) {
    return requests.submit(
        isCaller(user) ? "leave" : "remove",
        CommandRequests.with(commandId, Map.of("conversation", conversation, "user", user)),
        headers,
        InputStream.nullInputStream());
  }

  private boolean isCaller(String user) {
    return user.equals(caller.user().toString());
  }
}
