package dev.parley.search.query;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Where the next page begins, and what it belongs to.
///
/// @param chain names all pages of one search
/// @param caller who may use it
/// @param question digest of the question that it continues
/// @param version of the index
/// @param pointInTime the state of the index that all pages are cut from
/// @param startedAtMillis when the first page was made
/// @param expiresAtMillis when it is refused
/// @param after sort values of the last hit
/// @param through how far the first page saw, by partition
/// @param lagMillis of the first page; null if it was unknown
record Cursor(
    UUID chain,
    UUID caller,
    String question,
    int version,
    String pointInTime,
    long startedAtMillis,
    long expiresAtMillis,
    List<Object> after,
    Map<Integer, Long> through,
    @Nullable Long lagMillis) {

  Cursor next(String pointInTimeNow, List<Object> afterNow, long expiresAtMillisNow) {
    return new Cursor(
        chain,
        caller,
        question,
        version,
        pointInTimeNow,
        startedAtMillis,
        expiresAtMillisNow,
        afterNow,
        through,
        lagMillis);
  }
}
