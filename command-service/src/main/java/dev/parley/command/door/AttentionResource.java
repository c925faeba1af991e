package dev.parley.command.door;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// What people do to messages without changing them.
@Path("/api/conversations/{conversation}")
@RolesAllowed("user")
@RunOnVirtualThread
public class AttentionResource {

  private final CommandRequests requests;

  @Inject
  AttentionResource(CommandRequests requests) {
    this.requests = requests;
  }

  @PUT
  @Path("messages/{message}/reactions/{emoji}")
  public Response react(
      @RestPath String conversation,
      @RestPath String message,
      @RestPath String emoji,
      @RestQuery("command_id") @Nullable String commandId,
      @Context HttpHeaders headers) {
    return requests.submit("react", reaction(conversation, message, emoji, commandId), headers);
  }

  @DELETE
  @Path("messages/{message}/reactions/{emoji}")
  public Response unreact(
      @RestPath String conversation,
      @RestPath String message,
      @RestPath String emoji,
      @RestQuery("command_id") @Nullable String commandId,
      @Context HttpHeaders headers) {
    return requests.submit("unreact", reaction(conversation, message, emoji, commandId), headers);
  }

  @PUT
  @Path("pins/{message}")
  public Response pin(
      @RestPath String conversation,
      @RestPath String message,
      @RestQuery("command_id") @Nullable String commandId,
      @Context HttpHeaders headers) {
    return requests.submit("pin", message(conversation, message, commandId), headers);
  }

  @DELETE
  @Path("pins/{message}")
  public Response unpin(
      @RestPath String conversation,
      @RestPath String message,
      @RestQuery("command_id") @Nullable String commandId,
      @Context HttpHeaders headers) {
    return requests.submit("unpin", message(conversation, message, commandId), headers);
  }

  private static Map<String, String> message(
      String conversation, String message, @Nullable String commandId) {
    return CommandRequests.with(
        commandId, Map.of("conversation", conversation, "message_id", message));
  }

  private static Map<String, String> reaction(
      String conversation, String message, String emoji, @Nullable String commandId) {
    return CommandRequests.with(
        commandId, Map.of("conversation", conversation, "message_id", message, "emoji", emoji));
  }
}
