package dev.parley.filter;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What is looked at before it is sealed; the same at every door.
@ConfigMapping(prefix = "parley")
public interface FilterConfig {

  Filter filter();

  /// What becomes of a message while the hook does not answer as it should.
  enum OnFailure {
    /// It passes, and `parley_filter_failed_total` counts it.
    OPEN,
    /// It is refused for now with `unavailable`; the same may be sent again.
    CLOSED
  }

  /// What becomes of a message with a word of the list.
  enum WordsAction {
    /// A moderator looks at it first.
    HOLD,
    /// Its author is told to write it in another way.
    REJECT
  }

  /// A hook, a list of words, both or neither.
  interface Filter {

    /// Address that each message is posted to before it is sealed; absent: no hook.
    Optional<String> url();

    /// Key of the HMAC-SHA-256 of a call's body, sent as `Parley-Signature: sha256=<hex>`. Required
    /// with an address.
    Optional<String> secret();

    /// Longest wait for the hook; then as in `on-failure`.
    @WithDefault("300ms")
    Duration budget();

    /// What becomes of a message while the hook fails, is late, or has its bound of calls: `open`
    /// or `closed`.
    @WithDefault("open")
    OnFailure onFailure();

    /// Calls of the hook at once from one node; over it as in `on-failure`.
    @WithDefault("64")
    int atOnceMax();

    /// Words and groups of words, comma separated, found whole and in any case, with or without
    /// accents. More than 10,000, or one of more than 64 characters: the start fails.
    Optional<List<String>> words();

    /// File with more of them, one a line; lines that start with `#` are none.
    Optional<Path> wordsFile();

    /// What becomes of a message with one of the words: `hold` or `reject`.
    @WithDefault("hold")
    WordsAction wordsAction();
  }
}
