package dev.parley.edge.redis;

import dev.parley.edge.presence.Leases;
import dev.parley.schemas.push.Push;
import dev.parley.schemas.push.PushCodec;
import dev.parley.schemas.redis.RedisNames;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Leases in Redis, by the clock of Redis. Each change goes to the channel that concerns it within
/// the script that makes it.
public final class RedisLeases implements Leases {

  /// Keys of one script are few enough that others do not wait for it.
  private static final int PER_SCRIPT = 100;

  private static final String NOW =
      "local t = redis.call('TIME') local now = t[1] * 1000 + math.floor(t[2] / 1000) ";

  /// Since when the store has leases without having forgotten any.
  private static final String SINCE = "parley:leases:since";

  private static final String REMEMBER =
      NOW + "redis.call('SET', '%s', now, 'NX') ".formatted(SINCE);

  /// Goes before what is asked for: for how long nothing was forgotten, -1 if there was never
  /// anything.
  private static final String AGE =
      NOW
          + "local since = redis.call('GET', '%s') local age = since and now - since or -1 "
              .formatted(SINCE);

  private static final String COME =
      REMEMBER
          + """
          for i = 1, #KEYS, 3 do
            redis.call('ZREMRANGEBYSCORE', KEYS[i], '-inf', now)
            local before = redis.call('ZCARD', KEYS[i])
            redis.call('ZADD', KEYS[i], now + ARGV[2], ARGV[1])
            redis.call('PEXPIRE', KEYS[i], ARGV[2])
            redis.call('SET', KEYS[i + 1], now, 'PX', ARGV[3])
            if before == 0 then redis.call('PUBLISH', KEYS[i + 2], ARGV[3 + (i + 2) / 3]) end
          end
          """;

  private static final String GO =
      NOW
          + """
          for i = 1, #KEYS, 3 do
            local removed = redis.call('ZREM', KEYS[i], ARGV[1])
            redis.call('ZREMRANGEBYSCORE', KEYS[i], '-inf', now)
            if removed == 1 and redis.call('ZCARD', KEYS[i]) == 0 then
              redis.call('SET', KEYS[i + 1], now, 'PX', ARGV[3])
              redis.call('PUBLISH', KEYS[i + 2], ARGV[3 + (i + 2) / 3])
            end
          end
          """;

  private static final String COME_HERE =
      REMEMBER
          + """
          for i = 1, #KEYS, 2 do
            redis.call('ZREMRANGEBYSCORE', KEYS[i], '-inf', now)
            local added = redis.call('ZADD', KEYS[i], now + ARGV[1], ARGV[i + 1])
            redis.call('PEXPIRE', KEYS[i], ARGV[1])
            if added == 1 then redis.call('PUBLISH', KEYS[i + 1], ARGV[i + 2]) end
          end
          """;

  private static final String GO_AWAY =
      """
      for i = 1, #KEYS, 2 do
        if redis.call('ZREM', KEYS[i], ARGV[i + 1]) == 1 then
          redis.call('PUBLISH', KEYS[i + 1], ARGV[i + 2])
        end
      end
      """;

  private static final String STATUSES =
      AGE
          + """
          local all = {age}
          for i = 1, #KEYS, 2 do
            all[i + 1] = redis.call('ZCOUNT', KEYS[i], '(' .. now, '+inf')
            all[i + 2] = redis.call('GET', KEYS[i + 1]) or '0'
          end
          return all
          """;

  private static final String COUNTS =
      AGE
          + """
          local all = {age}
          for i = 1, #KEYS do
            local seen, people, guests = {}, 0, 0
            for _, member in ipairs(redis.call('ZRANGEBYSCORE', KEYS[i], '(' .. now, '+inf')) do
              local who = string.sub(member, -38)
              if not seen[who] then
                seen[who] = true
                if string.sub(who, 1, 1) == 'g' then guests = guests + 1
                else people = people + 1 end
              end
            end
            all[2 * i] = people
            all[2 * i + 1] = guests
          end
          return all
          """;

  private final RedisLine line;
  private final String node;
  private final long leaseMillis;
  private final long lastSeenMillis;

  /// @param leaseMillis how long a lease lasts unless it is renewed
  /// @param lastSeenMillis how long it is kept when a person was last online
  public RedisLeases(RedisLine line, String node, long leaseMillis, long lastSeenMillis) {
    this.line = line;
    this.node = node;
    this.leaseMillis = leaseMillis;
    this.lastSeenMillis = lastSeenMillis;
  }

  @Override
  public CompletionStage<Void> hold(Holding holding) {
    var requests = new ArrayList<Request>();
    chunks(holding.online()).forEach(chunk -> requests.add(people(COME, chunk, true)));
    chunks(holding.offline()).forEach(chunk -> requests.add(people(GO, chunk, false)));
    chunks(holding.here()).forEach(chunk -> requests.add(screens(COME_HERE, chunk, true)));
    chunks(holding.away()).forEach(chunk -> requests.add(screens(GO_AWAY, chunk, false)));
    return line.batch(requests).<Void>mapEmpty().toCompletionStage();
  }

  @Override
  public CompletionStage<Look<Status>> statuses(Collection<UUID> users) {
    return ask(
        chunks(users),
        chunk -> {
          var request = script(STATUSES, 2 * chunk.size());
          chunk.forEach(
              user -> request.arg(RedisNames.online(user)).arg(RedisNames.lastSeen(user)));
          return request;
        },
        (nodes, seen) -> new Status(number(nodes) > 0, number(seen)));
  }

  @Override
  public CompletionStage<Look<Counts>> counts(Collection<UUID> conversations) {
    return ask(
        chunks(conversations),
        chunk -> {
          var request = script(COUNTS, chunk.size());
          chunk.forEach(conversation -> request.arg(RedisNames.here(conversation)));
          return request;
        },
        (people, guests) -> new Counts((int) number(people), (int) number(guests)));
  }

  private Request people(String script, List<UUID> users, boolean online) {
    var request = script(script, 3 * users.size());
    for (var user : users) {
      request
          .arg(RedisNames.online(user))
          .arg(RedisNames.lastSeen(user))
          .arg(RedisNames.presence(user));
    }
    request.arg(node).arg(leaseMillis).arg(lastSeenMillis);
    users.forEach(user -> request.arg(push(user, online)));
    return request;
  }

  private Request screens(String script, List<Here> here, boolean online) {
    var request = script(script, 2 * here.size());
    for (var one : here) {
      request
          .arg(RedisNames.here(one.conversation()))
          .arg(RedisNames.conversation(one.conversation()));
    }
    request.arg(leaseMillis);
    for (var one : here) {
      request.arg(node + (one.guest() ? ":g:" : ":p:") + one.who()).arg(push(one.who(), online));
    }
    return request;
  }

  private static Request script(String script, int keys) {
    return Request.cmd(Command.EVAL).arg(script).arg(keys);
  }

  /// It says that there is a change; who hears it asks what is true now.
  private static Buffer push(UUID who, boolean online) {
    return Buffer.buffer(PushCodec.presence(new Push.PresencePush(who, online, 0)));
  }

  private <T> CompletionStage<Look<T>> ask(
      List<List<UUID>> chunks,
      Function<List<UUID>, Request> request,
      BiFunction<Response, Response, T> read) {
    Future<List<@Nullable Response>> answers = line.batch(chunks.stream().map(request).toList());
    return answers
        .map(all -> {
          var found = new HashMap<UUID, T>();
          var whole = true;
          for (var i = 0; i < chunks.size(); i++) {
            var answer = all.get(i);
            whole &= answer != null && number(answer.get(0)) >= leaseMillis;
            for (var j = 0; answer != null && j < chunks.get(i).size(); j++) {
              found.put(
                  chunks.get(i).get(j), read.apply(answer.get(2 * j + 1), answer.get(2 * j + 2)));
            }
          }
          return new Look<T>(found, whole);
        })
        .toCompletionStage();
  }

  private static long number(Response response) {
    return Long.parseLong(response.toString());
  }

  private static <T> List<List<T>> chunks(Collection<T> all) {
    var list = List.copyOf(all);
    var chunks = new ArrayList<List<T>>();
    for (var from = 0; from < list.size(); from += PER_SCRIPT) {
      chunks.add(list.subList(from, Math.min(list.size(), from + PER_SCRIPT)));
    }
    return chunks;
  }
}
