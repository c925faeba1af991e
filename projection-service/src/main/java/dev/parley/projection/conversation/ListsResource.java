package dev.parley.projection.conversation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.projection.access.Caller;
import dev.parley.projection.access.Readable;
import dev.parley.projection.access.Reads;
import dev.parley.projection.config.ProjectionConfig;
import dev.parley.projection.http.Answer;
import dev.parley.projection.http.Parameters;
import dev.parley.projection.http.Refusal;
import dev.parley.projection.http.Stored;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.conversation.Role;
import dev.parley.schemas.error.ErrorCode;
import dev.parley.schemas.wire.Json;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.util.function.BiConsumer;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// What hangs on a conversation: bans, marks, who reacted, the channels of a space.
@Path("/api/conversations")
@Authenticated
public class ListsResource {

  private static final String BANS =
      """
      select user_id, until, reason from views.ban
      where conversation = $1 and (until = 0 or until > $2) order by seq desc limit $3\
      """;

  private static final String MARKS =
      """
      select m.user_id, coalesce(k.delivered, 0) as delivered, coalesce(k.read, 0) as read
      from views.member m
      left join views.mark k on k.conversation = m.conversation and k.user_id = m.user_id
      where m.conversation = $1 and m.left_seq is null order by m.user_id\
      """;

  /// One pass over the members, whatever the number of messages.
  static final String MARKS_SUMMARISED =
      """
      with latest as (select seq from views.message m where conversation = $1
          and exists (select 1 from unnest($3::bigint[], $4::bigint[]) as v (first, last)
            where m.seq between v.first and v.last)
          order by seq desc limit $2),
        read as (select (select max(l.seq) from latest l where l.seq <= k.read) as seq, count(*) as count
          from views.member m
          join views.mark k on k.conversation = m.conversation and k.user_id = m.user_id
          where m.conversation = $1 and m.left_seq is null group by 1)
      select l.seq, (select coalesce(sum(r.count), 0)::bigint from read r where r.seq >= l.seq) as count
      from latest l order by l.seq\
      """;

  private static final String REACTIONS =
      """
      select e.emoji, json_agg(e.user_id order by e.seq)::text as users from views.reaction e
      join views.message m on m.conversation = e.conversation and m.id = e.message
      where e.conversation = $1 and e.message = $2 and e.seq <= $3
        and exists (select 1 from unnest($4::bigint[], $5::bigint[]) as v (first, last)
          where m.seq between v.first and v.last)
      group by e.emoji order by min(e.seq)\
      """;

  /// Those that the caller may read: public channels, and whatever they are a member of, unless
  /// they are banned there.
  private static final String CHANNELS =
      """
      select c.id, c.kind, c.title, c.topic, c.avatar, c.head_seq, c.head_ordinal, c.last_at, c.members_count
      from views.space_channel s join views.conversation c on c.id = s.channel
      where s.conversation = $1
        and (c.kind = 'channel' or exists (select 1 from views.member m
          where m.conversation = c.id and m.user_id = $2 and m.left_seq is null))
        and not exists (select 1 from views.ban b where b.conversation = c.id and b.user_id = $2
          and (b.until = 0 or b.until > $3))
      order by s.seq limit $4\
      """;

  private final Pool pool;
  private final Reads reads;
  private final JsonWebToken token;
  private final ProjectionConfig.Query limits;

  public ListsResource(Pool pool, Reads reads, JsonWebToken token, ProjectionConfig config) {
    this.pool = pool;
    this.reads = reads;
    this.token = token;
    this.limits = config.query();
  }

  @GET
  @Path("/{id}/bans")
  public Uni<RestResponse<String>> bans(
      @RestPath String id, @RestQuery("at_least") @Nullable String atLeast) {
    return reads
        .ofMembers(id, atLeast, Caller.of(token))
        .invoke(ListsResource::requireModerator)
        .flatMap(readable ->
            list(
                readable,
                "bans",
                BANS,
                Tuple.of(readable.conversation(), System.currentTimeMillis(), limits.membersMax()),
                (row, json) ->
                    json.addObject()
                        .put("user", row.getUUID("user_id").toString())
                        .put("until", until(row.getLong("until")))
                        .put("reason", row.getString("reason"))));
  }

  private static void requireModerator(Readable readable) {
    if (readable.role() instanceof Role role) {
      switch (role) {
        case OWNER, ADMIN, MODERATOR -> {
          return;
        }
        case MEMBER, READ_ONLY -> {}
      }
    }
    throw new Refusal(ErrorCode.FORBIDDEN, "Only moderators see who is banned");
  }

  private static @Nullable String until(long millis) {
    return millis == 0 ? null : Instant.ofEpochMilli(millis).toString();
  }

  @GET
  @Path("/{id}/marks")
  public Uni<RestResponse<String>> marks(
      @RestPath String id, @RestQuery("at_least") @Nullable String atLeast) {
    return reads
        .ofMembers(id, atLeast, Caller.of(token))
        .flatMap(readable ->
            readable.membersCount() <= limits.marksDetailedMembersMax()
                ? detailedMarks(readable)
                : summarisedMarks(readable));
  }

  private Uni<RestResponse<String>> detailedMarks(Readable readable) {
    return list(
        readable,
        "marks",
        MARKS,
        Tuple.of(readable.conversation()),
        (row, json) ->
            json.addObject()
                .put("user", row.getUUID("user_id").toString())
                .put("delivered", row.getLong("delivered"))
                .put("read", row.getLong("read")));
  }

  private Uni<RestResponse<String>> summarisedMarks(Readable readable) {
    return pool.preparedQuery(MARKS_SUMMARISED)
        .execute(
            Tuple.of(
                readable.conversation(),
                limits.marksSummarisedMessages(),
                readable.visible().froms(),
                readable.visible().tos()))
        .map(rows -> {
          var json = Json.MAPPER.createObjectNode().put("summarised", true);
          var read = json.putArray("read");
          rows.forEach(row ->
              read.addObject().put("seq", row.getLong("seq")).put("count", row.getLong("count")));
          return Answer.at(readable.position(), json);
        });
  }

  @GET
  @Path("/{id}/reactions")
  public Uni<RestResponse<String>> reactions(
      @RestPath String id,
      @RestQuery @Nullable String message,
      @RestQuery("at_least") @Nullable String atLeast) {
    var wanted = Parameters.id("message", message);
    return reads
        .ofThePast(id, atLeast, Caller.orGuest(token))
        .flatMap(readable ->
            list(
                readable,
                "reactions",
                REACTIONS,
                Tuple.of(
                    readable.conversation(),
                    wanted,
                    readable.visible().last(),
                    readable.visible().froms(),
                    readable.visible().tos()),
                (row, json) ->
                    json.addObject()
                        .put("emoji", row.getString("emoji"))
                        .set("users", Stored.array(row.getString("users")))));
  }

  @GET
  @Path("/{id}/channels")
  public Uni<RestResponse<String>> channels(
      @RestPath String id, @RestQuery("at_least") @Nullable String atLeast) {
    var caller = Caller.of(token);
    return reads
        .ofThePresent(id, atLeast, caller)
        .invoke(ListsResource::requireSpace)
        .flatMap(readable ->
            list(
                readable,
                "conversations",
                CHANNELS,
                Tuple.of(
                    readable.conversation(),
                    caller.user(),
                    System.currentTimeMillis(),
                    limits.conversationsMax()),
                ListsResource::channel));
  }

  private static void requireSpace(Readable readable) {
    if (readable.kind() != ConversationKind.SPACE) {
      throw new Refusal(ErrorCode.INVALID, "Only a space has channels");
    }
  }

  private static void channel(Row row, ArrayNode json) {
    json.addObject()
        .put("conversation", row.getUUID("id").toString())
        .put("kind", row.getString("kind"))
        .put("title", row.getString("title"))
        .put("topic", row.getString("topic"))
        .put("avatar", row.getString("avatar"))
        .put("head_seq", row.getLong("head_seq"))
        .put("head_ordinal", row.getLong("head_ordinal"))
        .put("last_at", Instant.ofEpochMilli(row.getLong("last_at")).toString())
        .put("members_count", row.getLong("members_count"));
  }

  private Uni<RestResponse<String>> list(
      Readable readable,
      String field,
      String sql,
      Tuple parameters,
      BiConsumer<Row, ArrayNode> add) {
    return pool.preparedQuery(sql)
        .execute(parameters)
        .map(rows -> {
          ObjectNode json = Json.MAPPER.createObjectNode();
          var array = json.putArray(field);
          rows.forEach(row -> add.accept(row, array));
          return Answer.at(readable.position(), json);
        });
  }
}
