package dev.parley.schemas.redis;

import java.util.UUID;

/// Names in Redis. All that stands there is a hint or a cache: nothing is lost with it.
public final class RedisNames {

  /// Field of a tail's entries that holds the bytes of the EventRecord.
  public static final String TAIL_FIELD = "e";

  private RedisNames() {}

  /// The stream of a conversation's latest events; entry ids are `<seq>-0`.
  public static String tail(UUID conversation) {
    return "parley:tail:" + conversation;
  }

  /// The channel of a conversation: its events, marks and typing; a message is the bytes of a Push.
  public static String conversation(UUID conversation) {
    return "parley:c:" + conversation;
  }

  /// The channel of a person: events that change which conversations they have, and what they keep
  /// in them; a message is the bytes of a Push.
  public static String user(UUID user) {
    return "parley:u:" + user;
  }

  /// The channel of outcomes that one node waits for; a message is the bytes of a Push.
  public static String node(String node) {
    return "parley:n:" + node;
  }

  /// The channel of a person's presence; a message is the bytes of a Push.
  public static String presence(UUID user) {
    return "parley:p:" + user;
  }

  /// The nodes that have the person, a sorted set by when each lease ends (milliseconds of Redis).
  public static String online(UUID user) {
    return "parley:on:" + user;
  }

  /// When the person was last online, in milliseconds of Redis.
  public static String lastSeen(UUID user) {
    return "parley:seen:" + user;
  }

  /// Who has the conversation on screen, `<node>:p:<user>` or `<node>:g:<session of a guest>`, a
  /// sorted set by when each lease ends.
  public static String here(UUID conversation) {
    return "parley:here:" + conversation;
  }

  /// What a ticket stands for, until it is used or its seconds are over.
  ///
  /// @param hash of the ticket
  public static String ticket(String hash) {
    return "parley:ticket:" + hash;
  }

  /// The bucket of tokens of one person or address, until it is full again.
  ///
  /// @param scope whose bucket it is: `person` or `address`
  /// @param id that person's or address'
  public static String rate(String scope, String id) {
    return "parley:rate:" + scope + ":" + id;
  }
}
