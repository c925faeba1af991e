package dev.parley.search.query;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.query_dsl.BoolQuery;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import dev.parley.search.access.Interval;
import dev.parley.search.access.Reach;
import java.util.ArrayList;
import java.util.List;

/// The caller's access as a part of the query, so that nothing else is even counted.
///
/// Conversations that are open from their first event to now go into one `terms` filter; of the
/// others, a message is found if it was sent, and last changed, inside an interval: an edit after a
/// removal is not for the one removed. What they hid is left out.
final class AccessFilter {

  private AccessFilter() {}

  static Query of(Accessible accessible) {
    var open = new ArrayList<FieldValue>();
    var clauses = new ArrayList<Query>();
    for (var row : accessible.rows()) {
      if (row.isEverything()) {
        open.add(FieldValue.of(row.conversation().toString()));
      } else {
        clauses.add(partial(row));
      }
    }
    if (!open.isEmpty()) {
      clauses.add(Query.of(q -> q.terms(t -> t.field("conversation").terms(v -> v.value(open)))));
    }
    if (clauses.isEmpty()) {
      return Query.of(q -> q.matchNone(m -> m));
    }
    return Query.of(q ->
        q.bool(b -> {
          b.should(clauses).minimumShouldMatch("1");
          if (!accessible.hidden().isEmpty()) {
            b.mustNot(n -> n.ids(i -> i.values(accessible.hidden())));
          }
          return b;
        }));
  }

  private static Query partial(Reach row) {
    return Query.of(q ->
        q.bool(b ->
            b.filter(f -> f.term(t -> t.field("conversation").value(row.conversation().toString())))
                .filter(f -> f.bool(any("seq", row.intervals())))
                .filter(f -> f.bool(any("changed_seq", row.intervals())))));
  }

  private static BoolQuery any(String field, List<Interval> intervals) {
    var ranges = intervals.stream().map(interval -> inside(field, interval)).toList();
    return BoolQuery.of(b -> b.should(ranges).minimumShouldMatch("1"));
  }

  private static Query inside(String field, Interval interval) {
    return Query.of(q ->
        q.range(r -> r.longNumber(n -> n.field(field).gte(interval.from()).lte(interval.to()))));
  }
}
