package dev.parley.command.door;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
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

/// What a member keeps in a conversation, messages for later, and forwards: what needs no decision
/// of the conversation, or one of another.
@Path("/api/conversations")
@RolesAllowed("user")
@RunOnVirtualThread
public class PersonalResource {

  private final CommandRequests requests;
  private final PersonalDoor personal;

  @Inject
  PersonalResource(CommandRequests requests, PersonalDoor personal) {
    this.requests = requests;
    this.personal = personal;
  }

  @PUT
  @Path("{conversation}/read")
  public Response read(
      @RestPath String conversation, @Context HttpHeaders headers, InputStream body) {
    return keep("read", Map.of("conversation", conversation), headers, body);
  }

  @PUT
  @Path("{conversation}/delivered")
  public Response delivered(
      @RestPath String conversation, @Context HttpHeaders headers, InputStream body) {
    return keep("delivered", Map.of("conversation", conversation), headers, body);
  }

  @PUT
  @Path("{conversation}/settings")
  public Response settings(
      @RestPath String conversation, @Context HttpHeaders headers, InputStream body) {
    return keep("settings", Map.of("conversation", conversation), headers, body);
  }

  @PUT
  @Path("{conversation}/draft")
  public Response draft(
      @RestPath String conversation, @Context HttpHeaders headers, InputStream body) {
    return keep("draft", Map.of("conversation", conversation), headers, body);
  }

  @PUT
  @Path("{conversation}/hidden/{message}")
  public Response hide(
      @RestPath String conversation, @RestPath String message, @Context HttpHeaders headers) {
    return keep(
        "hide",
        Map.of("conversation", conversation, "message_id", message),
        headers,
        InputStream.nullInputStream());
  }

  @POST
  @Path("{conversation}/scheduled")
  public Response schedule(
      @RestPath String conversation, @Context HttpHeaders headers, InputStream body) {
    return requests.submit("schedule", Map.of("conversation", conversation), headers, body);
  }

  @DELETE
  @Path("scheduled/{message}")
  public Response cancel(
      @RestPath String message,
      @RestQuery("command_id") @Nullable String commandId,
      @Context HttpHeaders headers) {
    return requests.submit(
        "cancel_schedule", CommandRequests.with(commandId, Map.of("message_id", message)), headers);
  }

  @POST
  @Path("{conversation}/forwards")
  public Response forward(
      @RestPath String conversation, @Context HttpHeaders headers, InputStream body) {
    return requests.answer(Map.of("conversation", conversation), headers, body, personal::forward);
  }

  private Response keep(
      String type, Map<String, String> path, HttpHeaders headers, InputStream body) {
    return requests.answer(
        path, headers, body, (d, caller) -> personal.keep(type, d, caller.actor()));
  }
}
