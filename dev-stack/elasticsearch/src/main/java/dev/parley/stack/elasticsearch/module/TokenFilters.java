package dev.parley.stack.elasticsearch.module;

import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.cjk.CJKBigramFilter;
import org.apache.lucene.analysis.cjk.CJKWidthFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.ngram.EdgeNGramTokenFilter;
import org.apache.lucene.analysis.ngram.NGramTokenFilter;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.index.analysis.AbstractTokenFilterFactory;
import org.elasticsearch.index.analysis.NormalizingTokenFilterFactory;
import org.elasticsearch.index.analysis.TokenFilterFactory;
import org.elasticsearch.indices.analysis.AnalysisModule.AnalysisProvider;

/// The token filters that Parley's analyzers name, with the parameters and defaults of the official
/// module.
final class TokenFilters {

  private TokenFilters() {}

  static Map<String, AnalysisProvider<TokenFilterFactory>> all() {
    return Map.of(
        "asciifolding", (index, environment, name, settings) -> folding(name, settings),
        "lowercase", (index, environment, name, settings) -> lowercase(name),
        "cjk_width", (index, environment, name, settings) -> cjkWidth(name),
        "cjk_bigram", (index, environment, name, settings) -> cjkBigram(name, settings),
        "edge_ngram", (index, environment, name, settings) -> edgeGrams(name, settings),
        "ngram", (index, environment, name, settings) -> grams(name, settings));
  }

  static TokenStream cjkBigrams(TokenStream in) {
    return new CJKBigramFilter(in);
  }

  private static TokenFilterFactory folding(String name, Settings settings) {
    boolean preserve = settings.getAsBoolean("preserve_original", false);
    return new Normalizing(
        name, in -> new ASCIIFoldingFilter(in, preserve), ASCIIFoldingFilter::new);
  }

  private static TokenFilterFactory lowercase(String name) {
    return new Normalizing(name, LowerCaseFilter::new, LowerCaseFilter::new);
  }

  private static TokenFilterFactory cjkWidth(String name) {
    return new Normalizing(name, CJKWidthFilter::new, CJKWidthFilter::new);
  }

  private static TokenFilterFactory cjkBigram(String name, Settings settings) {
    int scripts = CJKBigramFilter.HAN | CJKBigramFilter.HIRAGANA;
    scripts |= CJKBigramFilter.KATAKANA | CJKBigramFilter.HANGUL;
    for (String ignored : settings.getAsList("ignored_scripts")) {
      scripts &= ~script(ignored);
    }
    int flags = scripts;
    boolean unigrams = settings.getAsBoolean("output_unigrams", false);
    return new Splitting(name, in -> new CJKBigramFilter(in, flags, unigrams));
  }

  private static int script(String name) {
    return switch (name) {
      case "han" -> CJKBigramFilter.HAN;
      case "hiragana" -> CJKBigramFilter.HIRAGANA;
      case "katakana" -> CJKBigramFilter.KATAKANA;
      case "hangul" -> CJKBigramFilter.HANGUL;
      default ->
          throw new IllegalArgumentException(
              "Expected han, hiragana, katakana or hangul in ignored_scripts, but got " + name);
    };
  }

  private static TokenFilterFactory edgeGrams(String name, Settings settings) {
    int min = settings.getAsInt("min_gram", 1);
    int max = settings.getAsInt("max_gram", 2);
    boolean preserve = settings.getAsBoolean("preserve_original", false);
    return new Splitting(name, in -> new EdgeNGramTokenFilter(in, min, max, preserve));
  }

  private static TokenFilterFactory grams(String name, Settings settings) {
    int min = settings.getAsInt("min_gram", 1);
    int max = settings.getAsInt("max_gram", 2);
    boolean preserve = settings.getAsBoolean("preserve_original", false);
    return new Splitting(name, in -> new NGramTokenFilter(in, min, max, preserve));
  }

  /// One token in, one token out: also good in a normalizer of a keyword field.
  private static final class Normalizing extends AbstractTokenFilterFactory
      implements NormalizingTokenFilterFactory {
    private final UnaryOperator<TokenStream> filter;
    private final UnaryOperator<TokenStream> normalizer;

    Normalizing(
        String name, UnaryOperator<TokenStream> filter, UnaryOperator<TokenStream> normalizer) {
      super(name);
      this.filter = filter;
      this.normalizer = normalizer;
    }

    @Override
    public TokenStream create(TokenStream in) {
      return filter.apply(in);
    }

    @Override
    public TokenStream normalize(TokenStream in) {
      return normalizer.apply(in);
    }
  }

  /// One token in, several out: the engine must know, since such a chain can neither be highlighted
  /// by vectors nor parse synonyms.
  private static final class Splitting extends AbstractTokenFilterFactory {
    private final UnaryOperator<TokenStream> filter;

    Splitting(String name, UnaryOperator<TokenStream> filter) {
      super(name);
      this.filter = filter;
    }

    @Override
    public TokenStream create(TokenStream in) {
      return filter.apply(in);
    }

    @Override
    public boolean breaksFastVectorHighlighter() {
      return true;
    }

    @Override
    public TokenFilterFactory getSynonymFilter() {
      throw new IllegalArgumentException(
          "Token filter [" + name() + "] cannot be used to parse synonyms");
    }
  }
}
