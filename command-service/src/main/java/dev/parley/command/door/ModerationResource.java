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
import java.io.InputStream;
import java.util.Map;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// The archive, bans, mutes, the owner, and the channels of a space.
@Path("/api/conversations/{conversation}")
@RolesAllowed("user")
@RunOnVirtualThread
public class ModerationResource {

  private final CommandRequests requests;

  @Inject
  ModerationResource(CommandRequests requests) {
    this.requests = requests;
  }

  @PUT
  @Path("archive")
  public Response archive(
      @RestPath String conversation,
      @RestQuery("command_id") @Nullable String commandId,
      @Context HttpHeaders headers) {
    return archive(true, CommandRequests.with(commandId, of(conversation)), headers);
  }

  @DELETE
  @Path("archive")
  public Response unarchive(
      @RestPath String conversation,
      @RestQuery("command_id") @Nullable String commandId,
      @Context HttpHeaders headers) {
    return archive(false, CommandRequests.with(commandId, of(conversation)), headers);
  }

  @PUT
  @Path("bans/{user}")
  public Response ban(
      @RestPath String conversation,
      @RestPath String user,
      @Context HttpHeaders headers,
      InputStream body) {
    return requests.submit("ban", of(conversation, "user", user), headers, body);
  }

  @DELETE
  @Path("bans/{user}")
  public Response unban(
      @RestPath String conversation,
      @RestPath String user,
      @RestQuery("command_id") @Nullable String commandId,
      @Context HttpHeaders headers) {
    return requests.submit(
        "unban", CommandRequests.with(commandId, of(conversation, "user", user)), headers);
  }

  @PUT
  @Path("mutes/{user}")
  public Response mute(
      @RestPath String conversation,
      @RestPath String user,
      @Context HttpHeaders headers,
      InputStream body) {
    return requests.submit("mute", of(conversation, "user", user), headers, body);
  }

  @DELETE
  @Path("mutes/{user}")
  public Response unmute(
      @RestPath String conversation,
      @RestPath String user,
      @RestQuery("command_id") @Nullable String commandId,
      @Context HttpHeaders headers) {
    return requests.answer(
        CommandRequests.with(commandId, of(conversation, "user", user)),
        headers,
        InputStream.nullInputStream(),
        (d, caller) -> requests.door().submit("mute", d.put("for_seconds", 0), caller));
  }

  /// The body names the new owner in `user`.
  @PUT
  @Path("owner")
  public Response transfer(
      @RestPath String conversation, @Context HttpHeaders headers, InputStream body) {
    return requests.submit("transfer", of(conversation), headers, body);
  }

  @PUT
  @Path("channels/{channel}")
  public Response addChannel(
      @RestPath String conversation,
      @RestPath String channel,
      @RestQuery("command_id") @Nullable String commandId,
      @Context HttpHeaders headers) {
    return requests.submit(
        "add_channel",
        CommandRequests.with(commandId, of(conversation, "channel", channel)),
        headers);
  }

  @DELETE
  @Path("channels/{channel}")
  public Response removeChannel(
      @RestPath String conversation,
      @RestPath String channel,
      @RestQuery("command_id") @Nullable String commandId,
      @Context HttpHeaders headers) {
    return requests.submit(
        "remove_channel",
        CommandRequests.with(commandId, of(conversation, "channel", channel)),
        headers);
  }

  private Response archive(boolean archived, Map<String, String> path, HttpHeaders headers) {
    return requests.answer(
        path,
        headers,
        InputStream.nullInputStream(),
        (d, caller) -> requests.door().submit("archive", d.put("archived", archived), caller));
  }

  private static Map<String, String> of(String conversation) {
    return Map.of("conversation", conversation);
  }

  private static Map<String, String> of(String conversation, String field, String value) {
    return Map.of("conversation", conversation, field, value);
  }
}
