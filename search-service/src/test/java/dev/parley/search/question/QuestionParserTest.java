package dev.parley.search.question;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.schemas.id.Ids;
import dev.parley.search.question.Question.Order;
import dev.parley.search.question.Question.Term;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class QuestionParserTest {

  private static final UUID CALLER = Ids.uuid7();

  private final QuestionParser parser = new QuestionParser(200, 5);

  @Test
  void wordsPhrasesAndTheWordThatIsBeingTyped() {
    assertThat(understood("one \"two three\" fo").terms())
        .containsExactly(new Term.Word("one"), new Term.Phrase("two three"), new Term.Prefix("fo"));
    assertThat(understood("one two ").terms())
        .containsExactly(new Term.Word("one"), new Term.Word("two"));
    assertThat(understood("\"still typ").terms()).containsExactly(new Term.OpenPhrase("still typ"));
    assertThat(understood("“typographic quotes”").terms())
        .containsExactly(new Term.Phrase("typographic quotes"));
  }

  @Test
  void filtersInTheTextAndAsParametersMeanTheSame() {
    var conversation = Ids.uuid7();
    var asText = understood("in:" + conversation + " from:me before:2026-11-20 plan ");
    var asParameters =
        parser.parse(
            "plan ",
            Map.of(
                Filter.IN, conversation.toString(), Filter.FROM, "me", Filter.BEFORE, "2026-11-20"),
            CALLER);

    assertThat(asParameters).isEqualTo(new Parsed.Understood(asText));
    assertThat(asText.author()).isEqualTo(CALLER);
    assertThat(asText.conversation()).isEqualTo(conversation);
    assertThat(asText.beforeMillis())
        .isEqualTo(Instant.parse("2026-11-20T00:00:00Z").toEpochMilli());
  }

  @Test
  void timesMayHaveAZone() {
    assertThat(understood("x", Map.of(Filter.AFTER, "2026-11-20T08:30:00+02:00")).afterMillis())
        .isEqualTo(Instant.parse("2026-11-20T06:30:00Z").toEpochMilli());
  }

  @Test
  void unknownFiltersAreRefusedUnlessQuoted() {
    assertThat(refused("is:starred report")).contains("has:").contains("quote it");
    assertThat(understood("\"is:starred\" x ").terms())
        .containsExactly(new Term.Phrase("is:starred"), new Term.Word("x"));
  }

  @Test
  void addressesTimesAndCodeAreNotFilters() {
    assertThat(understood("https://example.org std::vector 12:30 note: ").terms())
        .containsExactly(
            new Term.Word("https://example.org"),
            new Term.Word("std::vector"),
            new Term.Word("12:30"),
            new Term.Word("note:"));
  }

  @Test
  void nothingToSearchForIsRefusedAndFiltersAloneAreNot() {
    assertThat(refused("")).contains("Give words");
    assertThat(refused("-> ∀ !!")).contains("no letter");
    assertThat(refused("sort:newest")).isNotEmpty();
    assertThat(understood("from:me").terms()).isEmpty();
    assertThat(understood("from:me").order()).isEqualTo(Order.NEWEST);
    assertThat(understood("a -> b ").terms())
        .containsExactly(new Term.Word("a"), new Term.Word("b"));
  }

  @Test
  void whatIsWrongIsNamed() {
    assertThat(refused("in:here x")).contains("in must be an id");
    assertThat(refused("before:yesterday x")).contains("before must be a date");
    assertThat(refused("sort:best x")).contains("sort must be");
    assertThat(refused("from:me from:me x")).contains("twice");
    assertThat(refused("x".repeat(201))).contains("201");
    assertThat(refused("a b c d e f")).contains("6 words");
  }

  @Test
  void anyTextIsUnderstoodOrRefusedAndNeverFails() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    var random = new Random(seed);
    var pieces =
        "in:|from:|before:2026|\"|“| |a|é|日|🎉|:|/|\\|*|\u0000|\uD800|me|sort:newest".split("\\|");
    for (int round = 0; round < 5_000; round++) {
      var text = new StringBuilder();
      for (int i = random.nextInt(12); i > 0; i--) {
        text.append(pieces[random.nextInt(pieces.length)]);
      }
      assertThat(parser.parse(text.toString(), Map.of(), CALLER)).isNotNull();
    }
  }

  private Question understood(String q) {
    return understood(q, Map.of());
  }

  private Question understood(String q, Map<Filter, String> filters) {
    return switch (parser.parse(q, filters, CALLER)) {
      case Parsed.Understood(var question) -> question;
      case Parsed.Refused(var detail) -> throw new AssertionError(detail);
    };
  }

  private String refused(String q) {
    return switch (parser.parse(q, Map.of(), CALLER)) {
      case Parsed.Understood(var question) -> throw new AssertionError(question);
      case Parsed.Refused(var detail) -> detail;
    };
  }

  @Test
  void whoIsNamedAndWhatIsAttachedAreFilters() {
    assertThat(understood("mentions:me ").mentions()).isEqualTo(CALLER);
    assertThat(understood("has:attachment ").attachments()).isTrue();
    assertThat(understood("plan ").attachments()).isFalse();
    assertThat(refused("has:link plan")).contains("has:attachment");
    assertThat(refused("mentions:anna plan")).contains("mentions must be an id");
  }
}
