package dev.parley.bench.access;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.schemas.id.Ids;
import dev.parley.schemas.wire.ClientFrame;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// What is asked at each address and with each frame: always something that a person with the
/// highest role would be given.
final class Calls {

  /// @param endpoint as [Endpoints] names it
  /// @param about what of, where one address is asked about several things
  /// @param ofSpace asked of a space instead of a group and a channel
  record Call(String endpoint, String about, boolean ofSpace, Function<Scene, Request> request) {

    String title() {
      return about.isEmpty() ? endpoint : endpoint + " (" + about + ")";
    }
  }

  record Request(String method, String path, ObjectNode body) {}

  record FrameCall(
      ClientFrame frame, String about, boolean ofSpace, Function<Scene, ObjectNode> d) {

    String title() {
      return about.isEmpty() ? frame.wireName() : frame.wireName() + " (" + about + ")";
    }
  }

  private static final String C = "/api/conversations/{}";
  private static final String THUMB = "%F0%9F%91%8D";

  private final List<Call> calls = new ArrayList<>();
  private final List<FrameCall> frames = new ArrayList<>();

  static List<Call> aboutConversations() {
    var all = new Calls();
    all.reads();
    all.messages();
    all.members();
    all.personal();
    all.moderation();
    return all.calls;
  }

  static List<FrameCall> inFrames() {
    var all = new Calls();
    all.commandFrames();
    all.otherFrames();
    return all.frames;
  }

  private void reads() {
    get("", "");
    get("/members", "");
    get("/messages", "");
    get("/events", "?after=0");
    get("/pins", "");
    get("/threads", "");
    get("/marks", "");
    get("/bans", "");
    get("/channels", "");
    get("/reports", "");
    get("/held", "");
    call("GET " + C + "/reports/{}", s -> read(s, "/reports/" + s.others()));
    call("GET " + C + "/reactions", s -> read(s, "/reactions?message=" + s.others()));
    call("GET " + C + "/messages/{}", s -> read(s, "/messages/" + s.others()));
    call("GET " + C + "/messages/{}/history", s -> read(s, "/messages/" + s.others() + "/history"));
  }

  private void messages() {
    call(
        "POST " + C + "/messages",
        s -> write("POST", s, "/messages", message().put("text", "hello")));
    call(
        "PATCH " + C + "/messages/{}",
        "own",
        s -> write("PATCH", s, "/messages/" + s.own(), Cast.object().put("text", "better")));
    call(
        "PATCH " + C + "/messages/{}",
        "another's",
        s -> write("PATCH", s, "/messages/" + s.others(), Cast.object().put("text", "mine")));
    call("DELETE " + C + "/messages/{}", "own", s -> write("DELETE", s, "/messages/" + s.own()));
    call(
        "DELETE " + C + "/messages/{}",
        "another's",
        s -> write("DELETE", s, "/messages/" + s.others()));
    call(
        "PUT " + C + "/messages/{}/reactions/{}",
        s -> write("PUT", s, "/messages/" + s.others() + "/reactions/" + THUMB));
    call(
        "DELETE " + C + "/messages/{}/reactions/{}",
        s -> write("DELETE", s, "/messages/" + s.others() + "/reactions/" + THUMB));
    call("PUT " + C + "/pins/{}", s -> write("PUT", s, "/pins/" + s.others()));
    call("DELETE " + C + "/pins/{}", s -> write("DELETE", s, "/pins/" + s.others()));
    call(
        "POST " + C + "/forwards",
        s -> {
          var d = message();
          d.putObject("from")
              .put("conversation", s.conversation().toString())
              .put("message_id", s.others().toString());
          return write("POST", s, "/forwards", d);
        });
    call(
        "POST " + C + "/scheduled",
        s -> write("POST", s, "/scheduled", message().put("text", "later").put("at", tomorrow())));
    call(
        "POST " + C + "/messages/{}/report",
        s ->
            write(
                "POST",
                s,
                "/messages/" + s.others() + "/report",
                Cast.object().put("reason", "spam")));
  }

  private void members() {
    call("PUT " + C + "/members/{}", "oneself", s -> write("PUT", s, "/members/" + me(s)));
    call(
        "PUT " + C + "/members/{}",
        "a newcomer",
        s -> write("PUT", s, "/members/" + s.cast().newcomer.user()));
    call("DELETE " + C + "/members/{}", "oneself", s -> write("DELETE", s, "/members/" + me(s)));
    call("DELETE " + C + "/members/{}", "a member", s -> write("DELETE", s, "/members/" + it(s)));
    call(
        "PATCH " + C + "/members/{}",
        s -> write("PATCH", s, "/members/" + it(s), Cast.object().put("role", "read_only")));
    call("PUT " + C + "/owner", s -> write("PUT", s, "/owner", Cast.object().put("user", it(s))));
  }

  private void personal() {
    call("PUT " + C + "/read", s -> write("PUT", s, "/read", Cast.object().put("seq", s.seq())));
    call(
        "PUT " + C + "/delivered",
        s -> write("PUT", s, "/delivered", Cast.object().put("seq", s.seq())));
    call(
        "PUT " + C + "/settings",
        s -> write("PUT", s, "/settings", Cast.object().put("pinned", true)));
    call("PUT " + C + "/draft", s -> write("PUT", s, "/draft", Cast.object().put("text", "I was")));
    call("PUT " + C + "/hidden/{}", s -> write("PUT", s, "/hidden/" + s.others()));
  }

  private void moderation() {
    call("PATCH " + C, s -> write("PATCH", s, "", Cast.object().put("title", "Changed")));
    call("PUT " + C + "/archive", s -> write("PUT", s, "/archive"));
    call("DELETE " + C + "/archive", s -> write("DELETE", s, "/archive"));
    call("PUT " + C + "/bans/{}", s -> write("PUT", s, "/bans/" + it(s)));
    call("DELETE " + C + "/bans/{}", s -> write("DELETE", s, "/bans/" + s.cast().newcomer.user()));
    call(
        "PUT " + C + "/mutes/{}",
        s -> write("PUT", s, "/mutes/" + it(s), Cast.object().put("for_seconds", 60)));
    call("DELETE " + C + "/mutes/{}", s -> write("DELETE", s, "/mutes/" + it(s)));
    calls.add(
        new Call(
            "PUT " + C + "/channels/{}", "", true, s -> write("PUT", s, "/channels/" + s.thing())));
    calls.add(
        new Call(
            "DELETE " + C + "/channels/{}",
            "",
            true,
            s -> write("DELETE", s, "/channels/" + s.thing())));
    call(
        "PUT " + C + "/reports/{}",
        s ->
            write(
                "PUT", s, "/reports/" + s.others(), Cast.object().put("settlement", "dismissed")));
    call(
        "PUT " + C + "/held/{}",
        s ->
            write(
                "PUT",
                s,
                "/held/" + s.others(),
                Cast.object()
                    .put("author", s.cast().host.user().toString())
                    .put("release", false)));
  }

  private void commandFrames() {
    frame(ClientFrame.SEND, s -> s.about(Ids.uuid7()).put("text", "hello"));
    frame(ClientFrame.EDIT, "own", s -> s.about(s.own()).put("text", "better"));
    frame(ClientFrame.EDIT, "another's", s -> s.about(s.others()).put("text", "mine"));
    frame(ClientFrame.DELETE, "own", s -> s.about(s.own()));
    frame(ClientFrame.DELETE, "another's", s -> s.about(s.others()));
    frame(
        ClientFrame.FORWARD,
        s -> {
          var d = s.about(Ids.uuid7());
          d.putObject("from")
              .put("conversation", s.conversation().toString())
              .put("message_id", s.others().toString());
          return d;
        });
    frame(ClientFrame.REACT, s -> s.about(s.others()).put("emoji", "👍"));
    frame(ClientFrame.UNREACT, s -> s.about(s.others()).put("emoji", "👍"));
    frame(ClientFrame.PIN, s -> s.about(s.others()));
    frame(ClientFrame.UNPIN, s -> s.about(s.others()));
    frame(
        ClientFrame.SCHEDULE, s -> s.about(Ids.uuid7()).put("text", "later").put("at", tomorrow()));
    frame(ClientFrame.CANCEL_SCHEDULE, s -> Cast.object().put("message_id", s.own().toString()));
    frame(
        ClientFrame.CREATE,
        s ->
            Cast.object()
                .put("conversation", Ids.uuid7().toString())
                .put("kind", "group")
                .put("title", "Another"));
    frame(ClientFrame.CHANGE, s -> s.in().put("title", "Changed"));
    frame(ClientFrame.ARCHIVE, s -> s.in().put("archived", true));
    frame(ClientFrame.JOIN, Scene::in);
    frame(ClientFrame.LEAVE, Scene::in);
    frame(ClientFrame.INVITE, s -> s.of(s.cast().newcomer));
    frame(ClientFrame.REMOVE, s -> s.of(s.cast().victim));
    frame(ClientFrame.ROLE, s -> s.of(s.cast().victim).put("role", "read_only"));
    frame(ClientFrame.TRANSFER, s -> s.of(s.cast().victim));
    frame(ClientFrame.BAN, s -> s.of(s.cast().victim));
    frame(ClientFrame.UNBAN, s -> s.of(s.cast().newcomer));
    frame(ClientFrame.MUTE, s -> s.of(s.cast().victim).put("for_seconds", 60));
    frames.add(
        new FrameCall(
            ClientFrame.ADD_CHANNEL, "", true, s -> s.in().put("channel", s.thing().toString())));
    frames.add(
        new FrameCall(
            ClientFrame.REMOVE_CHANNEL,
            "",
            true,
            s -> s.in().put("channel", s.thing().toString())));
  }

  private void otherFrames() {
    frame(ClientFrame.DELIVERED, s -> s.in().put("seq", s.seq()));
    frame(ClientFrame.READ, s -> s.in().put("seq", s.seq()));
    frame(ClientFrame.SETTINGS, s -> s.in().put("pinned", true));
    frame(ClientFrame.DRAFT, s -> s.in().put("text", "I was about to"));
    frame(ClientFrame.HIDE, s -> s.about(s.others()));
    frame(ClientFrame.REPORT, s -> s.about(s.others()).put("reason", "spam"));
    frame(ClientFrame.TYPING, Scene::in);
    frame(ClientFrame.WATCH, Scene::in);
    frame(ClientFrame.UNWATCH, Scene::in);
    frame(ClientFrame.PRESENCE_SUB, Calls::here);
    frame(ClientFrame.PRESENCE_UNSUB, Calls::here);
  }

  private static ObjectNode here(Scene s) {
    var d = Cast.object();
    d.putArray("conversations").add(s.conversation().toString());
    return d;
  }

  private void get(String path, String query) {
    call("GET " + C + path, s -> read(s, path + query));
  }

  private void call(String endpoint, Function<Scene, Request> request) {
    call(endpoint, "", request);
  }

  private void call(String endpoint, String about, Function<Scene, Request> request) {
    calls.add(new Call(endpoint, about, false, request));
  }

  private void frame(ClientFrame frame, Function<Scene, ObjectNode> d) {
    frame(frame, "", d);
  }

  private void frame(ClientFrame frame, String about, Function<Scene, ObjectNode> d) {
    frames.add(new FrameCall(frame, about, false, d));
  }

  private static Request read(Scene s, String path) {
    return write("GET", s, path);
  }

  private static Request write(String method, Scene s, String path) {
    return write(method, s, path, Cast.object());
  }

  private static Request write(String method, Scene s, String path, ObjectNode body) {
    return new Request(method, s.at() + path, body);
  }

  private static ObjectNode message() {
    return Cast.object().put("id", Ids.uuid7().toString());
  }

  private static String me(Scene s) {
    return s.actor().user().toString();
  }

  private static String it(Scene s) {
    return s.cast().victim.user().toString();
  }

  private static String tomorrow() {
    return Instant.now().plus(Duration.ofDays(1)).toString();
  }
}
