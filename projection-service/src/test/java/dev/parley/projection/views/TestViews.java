package dev.parley.projection.views;

import dev.parley.projection.testing.TestDatabase;
import dev.parley.schemas.content.ContentReader;

/// Versions of the views, for tests of other packages.
public final class TestViews {

  private TestViews() {}

  /// Writes one version, with keys that are there from the beginning or never come.
  public static ViewsProjection projection(
      TestDatabase database, int version, ContentReader reader, MarksAgain marksAgain) {
    return ViewsProjection.of(version, database.pool(), reader, marksAgain);
  }

  public static void create(TestDatabase database, int version) {
    database.run(ViewSchema.create(version));
    database.run(
        "insert into views_control.version (n, state) values (%d, 'building')".formatted(version));
  }

  /// From now on this version is what is read.
  public static void serve(TestDatabase database, int version) {
    new ViewVersions(database.pool()).serve(version, _ -> {});
  }
}
