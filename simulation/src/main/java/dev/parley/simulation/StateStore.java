package dev.parley.simulation;

import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/// The store of one partition, and its changelog: what was put since the last commit is undone by
/// an abort.
final class StateStore {

  @SuppressWarnings("ArrayRecordComponent") // Put back as it was, never compared.
  private record Undo(Bytes key, byte @Nullable [] before) {}

  private final Map<Bytes, byte[]> values = new HashMap<>();
  private final Deque<Undo> undo = new ArrayDeque<>();

  byte @Nullable [] put(Bytes key, byte @Nullable [] value) {
    var before = value == null ? values.remove(key) : values.put(key, value);
    undo.push(new Undo(key, before));
    return before;
  }

  byte @Nullable [] get(Bytes key) {
    return values.get(key);
  }

  void commit() {
    undo.clear();
  }

  void abort() {
    while (!undo.isEmpty()) {
      var last = undo.pop();
      if (last.before() == null) {
        values.remove(last.key());
      } else {
        values.put(last.key(), last.before());
      }
    }
  }

  /// Forgets what `forgets` says, as no store may.
  void forget(java.util.function.Predicate<Bytes> forgets) {
    values.keySet().removeIf(forgets);
  }

  /// As the topology sees it: it asks for nothing else.
  @SuppressWarnings("unchecked") // A proxy is of the type that it was made for.
  KeyValueStore<Bytes, byte[]> asKeyValueStore() {
    return (KeyValueStore<Bytes, byte[]>)
        Proxy.newProxyInstance(
            StateStore.class.getClassLoader(),
            new Class<?>[] {KeyValueStore.class},
            (_, method, arguments) ->
                switch (method.getName()) {
                  case "get" -> get((Bytes) arguments[0]);
                  case "put", "delete" ->
                      put(
                          (Bytes) arguments[0],
                          arguments.length > 1 ? (byte[]) arguments[1] : null);
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }
}
