package dev.parley.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.simulation.Anomaly.Kind;
import dev.parley.simulation.PlantedBugsTest.Bug;
import java.util.stream.Stream;

/// Bugs between the search projection and its index.
final class IndexBugs {

  private IndexBugs() {}

  static Stream<Bug> all() {
    return Stream.of(
        new Bug("an index without versions", Kind.INDEX_DIFFERS, MindsNoVersions::new),
        new Bug("an index without deletes", Kind.INDEX_DIFFERS, () -> new Stores("deleted")),
        new Bug("an index without erasures", Kind.INDEX_DIFFERS, () -> new Stores("erased")),
        new Bug("a bulk whose refusals are not told", Kind.INDEX_DIFFERS, TellsNoRefusals::new),
        new Bug("places before what they stand for", Kind.INDEX_DIFFERS, StoresPlacesFirst::new),
        new Bug("removals that no search sees", Kind.READ_AFTER_REMOVAL, NeverRefreshes::new));
  }

  private static final class MindsNoVersions extends Wiring {
    @Override
    boolean minds(String index) {
      return !index.equals(Indexing.VERSION.messages());
    }
  }

  /// All but documents in one state.
  private static final class Stores extends Wiring {
    private final String not;

    Stores(String not) {
      this.not = not;
    }

    @Override
    boolean stores(String index, JsonNode document) {
      return !document.path("state").asText().equals(not);
    }
  }

  private static final class TellsNoRefusals extends Wiring {
    @Override
    boolean tellsWhatIsRefused() {
      return false;
    }
  }

  private static final class StoresPlacesFirst extends Wiring {
    @Override
    boolean storesPlacesFirst() {
      return true;
    }
  }

  /// What people are members of is seen late.
  private static final class NeverRefreshes extends Wiring {
    private int count;

    @Override
    boolean refreshes(String index) {
      return ++count % 5 == 0;
    }
  }
}
