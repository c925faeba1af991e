package dev.parley.stack.engine;

import java.util.Locale;

/// The operating system and processor, in the words of the artifacts that carry binaries.
final class Platform {

  private static final String OS = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
  private static final String ARCH = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);

  private Platform() {}

  static String system() {
    return OS.contains("mac") ? "darwin" : "linux";
  }

  static boolean isArm() {
    return ARCH.equals("aarch64") || ARCH.equals("arm64");
  }

  static String describe() {
    return OS + " on " + ARCH;
  }
}
