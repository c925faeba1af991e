package dev.parley.search.question;

import dev.parley.schemas.id.Ids;
import dev.parley.search.question.Question.Order;
import dev.parley.search.question.Question.Term;
import dev.parley.search.text.FoldedText;
import dev.parley.search.text.Letters;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads query text and filters. `q` holds words, "quoted phrases" and filters such as `from:me`; a
/// filter may come as a parameter as well, once in all.
///
/// @param charsMax of the query text; a longer one is refused
/// @param termsMax words and phrases; more are refused
public record QuestionParser(int charsMax, int termsMax) {

  /// `name:value`; what has a colon at its end, twice, or before a slash is a word like any other.
  private static final Pattern OPERATOR = Pattern.compile("([A-Za-z][A-Za-z_]*):([^:/\\s].*)");

  /// @param filters by name; one that is absent does not restrict
  /// @param caller whom `from:me` means
  public Parsed parse(@Nullable String q, Map<Filter, String> filters, UUID caller) {
    try {
      return new Parsed.Understood(understand(q == null ? "" : q, filters, caller));
    } catch (NotUnderstood refused) {
      return new Parsed.Refused(refused.detail);
    }
  }

  private Question understand(String q, Map<Filter, String> parameters, UUID caller) {
    if (q.length() > charsMax) {
      throw new NotUnderstood("q has %d characters, at most %d".formatted(q.length(), charsMax));
    }
    var filters = new EnumMap<Filter, String>(Filter.class);
    filters.putAll(parameters);
    var terms = terms(q, filters);
    var order = order(filters.get(Filter.SORT), terms.isEmpty());
    if (terms.isEmpty() && filters.keySet().stream().allMatch(Filter.SORT::equals)) {
      throw new NotUnderstood(
          q.isBlank()
              ? "Give words to search for in q, or a filter"
              : "q has no letter, digit or emoji to search for");
    }
    return new Question(
        terms,
        id(Filter.IN, filters.get(Filter.IN)),
        person(Filter.FROM, filters.get(Filter.FROM), caller),
        id(Filter.THREAD, filters.get(Filter.THREAD)),
        person(Filter.MENTIONS, filters.get(Filter.MENTIONS), caller),
        attachments(filters.get(Filter.HAS)),
        millis(Filter.BEFORE, filters.get(Filter.BEFORE)),
        millis(Filter.AFTER, filters.get(Filter.AFTER)),
        order);
  }

  private List<Term> terms(String q, Map<Filter, String> filters) {
    var terms = new ArrayList<Term>();
    int at = 0;
    while (at < q.length()) {
      char unit = q.charAt(at);
      if (Character.isWhitespace(unit)) {
        at++;
      } else if (isQuote(unit)) {
        at = quoted(q, at + 1, terms);
      } else {
        at = bare(q, at, terms, filters);
      }
    }
    if (terms.size() > termsMax) {
      throw new NotUnderstood(
          "q has %d words and phrases, at most %d".formatted(terms.size(), termsMax));
    }
    return terms;
  }

  private static int quoted(String q, int start, List<Term> terms) {
    int end = start;
    while (end < q.length() && !isQuote(q.charAt(end))) {
      end++;
    }
    var text = q.substring(start, end).strip();
    if (Letters.hasWord(text)) {
      terms.add(end < q.length() ? new Term.Phrase(text) : new Term.OpenPhrase(text));
    }
    return end + 1;
  }

  private static int bare(String q, int start, List<Term> terms, Map<Filter, String> filters) {
    int end = start;
    while (end < q.length() && !Character.isWhitespace(q.charAt(end)) && !isQuote(q.charAt(end))) {
      end++;
    }
    var word = q.substring(start, end);
    var operator = OPERATOR.matcher(word);
    if (operator.matches()) {
      filter(operator.group(1), operator.group(2), filters);
    } else if (Letters.hasWord(word)) {
      terms.add(end == q.length() ? new Term.Prefix(word) : new Term.Word(word));
    }
    return end;
  }

  private static void filter(String name, String value, Map<Filter, String> filters) {
    var filter = Filter.named(name.toLowerCase(Locale.ROOT));
    if (filter == null) {
      throw new NotUnderstood(
          "Unknown filter \"%s:\"; there are %s. To search for the text itself, quote it"
              .formatted(name, Filter.names()));
    }
    if (filters.put(filter, value) != null) {
      throw new NotUnderstood("The filter \"%s\" is given twice".formatted(filter.wireName()));
    }
  }

  private static boolean isQuote(char unit) {
    return unit == '"' || unit == '“' || unit == '”' || unit == '„';
  }

  private static Order order(@Nullable String sort, boolean withoutWords) {
    if (sort == null) {
      return withoutWords ? Order.NEWEST : Order.RELEVANCE;
    }
    return switch (sort) {
      case "newest" -> Order.NEWEST;
      case "relevance" -> Order.RELEVANCE;
      default -> throw new NotUnderstood("sort must be relevance or newest, not \"" + sort + "\"");
    };
  }

  private static @Nullable UUID person(Filter filter, @Nullable String value, UUID caller) {
    return "me".equals(value) ? caller : id(filter, value);
  }

  private static boolean attachments(@Nullable String has) {
    if (has != null && !has.equals("attachment")) {
      throw new NotUnderstood("has must be attachment, as in has:attachment");
    }
    return has != null;
  }

  private static @Nullable UUID id(Filter filter, @Nullable String value) {
    if (value == null) {
      return null;
    }
    var id = Ids.parse(value);
    if (id == null) {
      throw new NotUnderstood("%s must be an id (UUID)".formatted(filter.wireName()));
    }
    return id;
  }

  private static @Nullable Long millis(Filter filter, @Nullable String value) {
    if (value == null) {
      return null;
    }
    try {
      return value.indexOf('T') < 0
          ? LocalDate.parse(value).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli()
          : instant(value).toEpochMilli();
    } catch (DateTimeParseException | ArithmeticException notATime) {
      throw new NotUnderstood(
          "%s must be a date (2026-11-20, of UTC) or a time (2026-11-20T08:30:00Z)"
              .formatted(filter.wireName()));
    }
  }

  private static Instant instant(String value) {
    return OffsetDateTime.parse(value).toInstant();
  }

  /// Words as the index knows them: for whoever builds the engine's query.
  public static String folded(Term term) {
    return FoldedText.of(term.text()).words();
  }

  private static final class NotUnderstood extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String detail;

    NotUnderstood(String detail) {
      super(detail, null, false, false);
      this.detail = detail;
    }
  }
}
