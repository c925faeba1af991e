package dev.parley.command.door;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Map;
import org.jboss.resteasy.reactive.RestPath;

/// Reports, and what moderators decide of them and of held messages. What waits for them is read
/// from the views.
@Path("/api/conversations/{conversation}")
@RolesAllowed("user")
@RunOnVirtualThread
public class QueueResource {

  private final CommandRequests requests;
  private final QueueDoor queue;

  @Inject
  QueueResource(CommandRequests requests, QueueDoor queue) {
    this.requests = requests;
    this.queue = queue;
  }

  @POST
  @Path("messages/{message}/report")
  public Response report(
      @RestPath String conversation,
      @RestPath String message,
      @Context HttpHeaders headers,
      InputStream body) {
    return requests.answer(of(conversation, message), headers, body, queue::report);
  }

  @PUT
  @Path("reports/{message}")
  public Response settleReports(
      @RestPath String conversation,
      @RestPath String message,
      @Context HttpHeaders headers,
      InputStream body) {
    return requests.answer(of(conversation, message), headers, body, queue::settleReports);
  }

  @PUT
  @Path("held/{message}")
  public Response settleHeld(
      @RestPath String conversation,
      @RestPath String message,
      @Context HttpHeaders headers,
      InputStream body) {
    return requests.answer(of(conversation, message), headers, body, queue::settleHeld);
  }

  private static Map<String, String> of(String conversation, String message) {
    return Map.of("conversation", conversation, "message_id", message);
  }
}
