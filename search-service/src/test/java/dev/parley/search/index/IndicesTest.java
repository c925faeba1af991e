package dev.parley.search.index;

import static org.assertj.core.api.Assertions.assertThat;

import co.elastic.clients.json.JsonData;
import dev.parley.search.story.TestIndex;
import org.junit.jupiter.api.Test;

/// Versions of the index in the real engine.
class IndicesTest {

  private final TestIndex index = TestIndex.create();

  @Test
  void aVersionThatThisReleaseMadeStays() {
    index.indices().ensure();
    var first = index.indices().served();

    index.indices().ensure();

    assertThat(index.indices().all()).containsExactly(first);
  }

  /// It could not hold what is written now: an empty one is filled from the log in its place.
  @Test
  void aVersionOfAnOlderReleaseIsReplaced() throws Exception {
    index.indices().ensure();
    var old = index.indices().served();
    index
        .client()
        .indices()
        .putMapping(m -> m.index(old.messages()).meta("revision", JsonData.of(1)));

    index.indices().ensure();

    assertThat(index.indices().served().number()).isEqualTo(old.number() + 1);
    assertThat(index.indices().all()).containsExactly(index.indices().served());
  }
}
