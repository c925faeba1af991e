package dev.parley.bench.access;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.client.Account;
import dev.parley.schemas.conversation.ConversationKind;
import dev.parley.schemas.id.Ids;
import java.util.UUID;

/// A conversation of its own for one question, in which the one who asks is what the column says.
///
/// @param own a message of the one who asks, or of the host where they never could write
/// @param others a message of the host, the last thing that happened; its text holds `word`
/// @param thing a channel, for a space to list
record Scene(
    Cast cast,
    Caller caller,
    Account actor,
    UUID conversation,
    UUID own,
    UUID others,
    UUID thing,
    String word,
    long seq) {

  static Scene of(Cast cast, Caller caller, ConversationKind kind) {
    var actor = cast.actor(caller);
    var conversation = Ids.uuid7();
    var thing = Ids.uuid7();
    var word = "kestrel" + UUID.randomUUID().toString().replace("-", "");
    var wasMember = caller.isInside() || caller == Caller.BANNED || caller == Caller.FORMER;
    create(cast, conversation, kind, wasMember ? actor.user() : null);
    if (kind == ConversationKind.SPACE) {
      create(cast, thing, ConversationKind.CHANNEL, null);
      become(cast, caller, actor, conversation, kind);
      return new Scene(cast, caller, actor, conversation, thing, thing, thing, word, 1);
    }
    var writes = wasMember && caller != Caller.BOT;
    var own = cast.say(conversation, writes ? actor : cast.host, "an earlier one");
    become(cast, caller, actor, conversation, kind);
    var others = Ids.uuid7();
    var last =
        cast.prepare(
            "POST",
            "/api/conversations/" + conversation + "/messages",
            cast.host,
            Cast.object().put("id", others.toString()).put("text", word));
    var seq = last.body().path("seq").asLong();
    var read = "/api/conversations/" + conversation + "?at_least=" + conversation + ":" + seq;
    cast.prepare("GET", read, cast.host, Cast.object());
    return new Scene(cast, caller, actor, conversation, own, others, thing, word, seq);
  }

  private static void create(
      Cast cast,
      UUID conversation,
      ConversationKind kind,
      @org.jspecify.annotations.Nullable UUID member) {
    var d =
        Cast.object()
            .put("conversation", conversation.toString())
            .put("kind", kind.wireName())
            .put("title", "Scene");
    var members = d.putArray("members").add(cast.victim.user().toString());
    if (member != null) {
      members.add(member.toString());
    }
    cast.prepare("POST", "/api/conversations", cast.host, d);
  }

  private static void become(
      Cast cast, Caller caller, Account actor, UUID conversation, ConversationKind kind) {
    var at = "/api/conversations/" + conversation;
    var user = actor.user().toString();
    switch (caller) {
      case OWNER -> cast.prepare("PUT", at + "/owner", cast.host, Cast.object().put("user", user));
      case ADMIN -> role(cast, at, user, "admin");
      case MODERATOR -> role(cast, at, user, "moderator");
      case READ_ONLY -> role(cast, at, user, "read_only");
      case MUTED -> {
        if (kind != ConversationKind.SPACE) {
          cast.prepare(
              "PUT", at + "/mutes/" + user, cast.host, Cast.object().put("for_seconds", 3_600));
        }
      }
      case BANNED -> cast.prepare("PUT", at + "/bans/" + user, cast.host, Cast.object());
      case FORMER -> cast.prepare("DELETE", at + "/members/" + user, cast.host, Cast.object());
      case MEMBER,
          FOREIGN,
          BOT,
          STRANGER,
          OPERATOR,
          GUEST,
          EXPIRED,
          REVOKED,
          OTHER_ISSUER,
          NOBODY -> {}
    }
  }

  private static void role(Cast cast, String at, String user, String role) {
    cast.prepare("PATCH", at + "/members/" + user, cast.host, Cast.object().put("role", role));
  }

  /// The same question about a conversation that does not exist.
  Scene nowhere() {
    return new Scene(cast, caller, actor, Ids.uuid7(), own, others, thing, word, seq);
  }

  String at() {
    return "/api/conversations/" + conversation;
  }

  ObjectNode in() {
    return Cast.object().put("conversation", conversation.toString());
  }

  ObjectNode about(UUID message) {
    return in().put("message_id", message.toString());
  }

  ObjectNode of(Account person) {
    return in().put("user", person.user().toString());
  }
}
