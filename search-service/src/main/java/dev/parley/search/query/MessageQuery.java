package dev.parley.search.query;

import co.elastic.clients.elasticsearch._types.query_dsl.FunctionBoostMode;
import co.elastic.clients.elasticsearch._types.query_dsl.FunctionScoreMode;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.json.JsonData;
import dev.parley.search.message.MessageState;
import dev.parley.search.question.Question;
import dev.parley.search.question.Question.Term;
import dev.parley.search.text.FoldedText;
import dev.parley.search.text.Letters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A question as a query of the message index.
final class MessageQuery {

  // The longest beginning that is indexed, see messages.json; a longer one is looked up among the
  // words themselves, where few begin alike.
  private static final int BEGINNING_MIN = 2;
  private static final int BEGINNING_MAX = 12;
  private static final int EXPANSIONS_MAX = 200;
  private static final float WHOLE_WORD_BOOST = 2f;
  private static final float AS_WRITTEN_BOOST = 1f;

  private MessageQuery() {}

  /// @param accessible filter of what the caller may find
  /// @param nowMillis when the search began: the origin of recency, the same on every page
  static Query of(Question question, Query accessible, long nowMillis, Duration halfLife) {
    var found =
        Query.of(q ->
            q.bool(b ->
                b.must(question.terms().stream().map(MessageQuery::of).toList())
                    .filter(accessible)
                    .filter(filters(question))));
    return switch (question.order()) {
      case NEWEST -> found;
      case RELEVANCE -> ratherRecent(found, nowMillis, halfLife);
    };
  }

  private static List<Query> filters(Question question) {
    var filters = new ArrayList<Query>();
    filters.add(equal("state", MessageState.LIVE.wireName()));
    if (question.conversation() != null) {
      filters.add(equal("conversation", question.conversation().toString()));
    }
    if (question.author() != null) {
      filters.add(equal("author", question.author().toString()));
    }
    if (question.mentions() != null) {
      filters.add(equal("mentions", question.mentions().toString()));
    }
    if (question.attachments()) {
      filters.add(Query.of(q -> q.exists(e -> e.field("attachments"))));
    }
    var thread = question.thread();
    if (thread != null) {
      // The message that a thread began with belongs to it.
      filters.add(
          Query.of(q ->
              q.bool(b ->
                  b.should(equal("thread", thread.toString()))
                      .should(equal("id", thread.toString()))
                      .minimumShouldMatch("1"))));
    }
    if (question.beforeMillis() != null || question.afterMillis() != null) {
      filters.add(sent(question));
    }
    return filters;
  }

  private static Query sent(Question question) {
    return Query.of(q ->
        q.range(r ->
            r.untyped(u -> {
              u.field("at");
              if (question.beforeMillis() != null) {
                u.lt(JsonData.of(question.beforeMillis()));
              }
              if (question.afterMillis() != null) {
                u.gte(JsonData.of(question.afterMillis()));
              }
              return u;
            })));
  }

  private static Query of(Term term) {
    var words = FoldedText.of(term.text()).words();
    if (Letters.hasCjk(words)) {
      return phrase("cjk", words, 1f);
    }
    return switch (term) {
      case Term.Word _ -> asWritten(words, phrase("words", words, 1f));
      case Term.Phrase _ -> asWritten(words, phrase("words", words, 1f));
      case Term.Prefix _ -> asWritten(words, beginning(words));
      case Term.OpenPhrase _ -> beginningPhrase(words);
    };
  }

  /// Prefers what has the same accents, if the query has any.
  private static Query asWritten(String words, Query found) {
    if (!Letters.hasBeyondAscii(words)) {
      return found;
    }
    return Query.of(
        q -> q.bool(b -> b.must(found).should(phrase("exact", words, AS_WRITTEN_BOOST))));
  }

  private static Query beginning(String words) {
    var word = words.strip();
    int length = word.codePointCount(0, word.length());
    if (!word.codePoints().allMatch(Character::isLetterOrDigit) || length > BEGINNING_MAX) {
      return beginningPhrase(words);
    }
    if (length < BEGINNING_MIN) {
      return phrase("words", word, 1f);
    }
    return Query.of(q ->
        q.disMax(d ->
            d.queries(phrase("words", word, WHOLE_WORD_BOOST))
                .queries(m -> m.match(t -> t.field("words.beginnings").query(word)))));
  }

  private static Query beginningPhrase(String words) {
    return Query.of(
        q -> q.matchPhrasePrefix(p -> p.field("words").query(words).maxExpansions(EXPANSIONS_MAX)));
  }

  private static Query phrase(String field, String words, float boost) {
    return Query.of(q -> q.matchPhrase(p -> p.field(field).query(words).boost(boost)));
  }

  private static Query equal(String field, String value) {
    return Query.of(q -> q.term(t -> t.field(field).value(value)));
  }

  /// Doubles the score of what is new; the bonus halves with each half-life.
  private static Query ratherRecent(Query found, long nowMillis, Duration halfLife) {
    return Query.of(q ->
        q.functionScore(f ->
            f.query(found)
                .functions(one -> one.weight(1.0))
                .functions(recent ->
                    recent.exp(e ->
                        e.untyped(u ->
                            u.field("at")
                                .placement(p ->
                                    p.origin(JsonData.of(nowMillis))
                                        .scale(JsonData.of(halfLife.toMinutes() + "m"))
                                        .decay(0.5)))))
                .scoreMode(FunctionScoreMode.Sum)
                .boostMode(FunctionBoostMode.Multiply)));
  }
}
