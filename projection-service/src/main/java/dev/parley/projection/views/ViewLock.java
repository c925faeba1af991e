package dev.parley.projection.views;

/// The advisory lock that orders the writers of a version and those who need them to stand still:
/// writers share it for a transaction.
public final class ViewLock {

  /// First half of every advisory lock of this service ("prj").
  private static final int CLASS = 0x70726a;

  private static final int COORDINATOR = -1;
  private static final int BOOTSTRAP = -2;

  private ViewLock() {}

  static String shared(int version) {
    return "select pg_advisory_xact_lock_shared(%d, %d)".formatted(CLASS, version);
  }

  public static String exclusive(int version) {
    return "select pg_advisory_xact_lock(%d, %d)".formatted(CLASS, version);
  }

  /// Held by the one instance that drives rebuilds, as long as its connection lives.
  public static String tryCoordinator() {
    return "select pg_try_advisory_lock(%d, %d)".formatted(CLASS, COORDINATOR);
  }

  /// Held by the one instance that creates what is absent.
  public static String bootstrap() {
    return "select pg_advisory_xact_lock(%d, %d)".formatted(CLASS, BOOTSTRAP);
  }
}
