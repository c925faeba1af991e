package dev.parley.search.query;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

/// The points in time that this node keeps open for a next page. Each holds disk and memory of the
/// engine, so there is a bound for all and one for each caller: over it the oldest goes.
final class OpenPages {

  private final int max;
  private final int perCallerMax;
  private final ReentrantLock lock = new ReentrantLock();
  private final LinkedHashMap<UUID, Page> pages = new LinkedHashMap<>();

  private record Page(UUID caller, String pointInTime, long expiresAtMillis) {}

  OpenPages(int max, int perCallerMax) {
    this.max = max;
    this.perCallerMax = perCallerMax;
  }

  /// Notes that a page may follow.
  ///
  /// @return points in time to close
  List<String> keep(Cursor cursor, long nowMillis) {
    lock.lock();
    try {
      pages.values().removeIf(page -> page.expiresAtMillis() < nowMillis);
      pages.remove(cursor.chain());
      pages.put(
          cursor.chain(),
          new Page(cursor.caller(), cursor.pointInTime(), cursor.expiresAtMillis()));
      return overflow(cursor.caller());
    } finally {
      lock.unlock();
    }
  }

  private List<String> overflow(UUID caller) {
    var closing = new ArrayList<String>();
    long ofCaller = pages.values().stream().filter(p -> p.caller().equals(caller)).count();
    var oldestFirst = List.copyOf(pages.entrySet());
    for (Map.Entry<UUID, Page> page : oldestFirst) {
      boolean own = page.getValue().caller().equals(caller);
      if (pages.size() > max || (own && ofCaller > perCallerMax)) {
        pages.remove(page.getKey());
        closing.add(page.getValue().pointInTime());
        ofCaller -= own ? 1 : 0;
      }
    }
    return closing;
  }
}
