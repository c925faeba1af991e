package dev.parley.stack.slack.archive;

/// What an archive may cost; beyond a limit it is refused before anything is sent.
///
/// @param entriesMax files in the archive
/// @param entryBytesMax one file, unpacked
/// @param totalBytesMax all files, unpacked
/// @param ratioMax unpacked size by packed size of one file, from 1 MiB unpacked on
public record ArchiveLimits(int entriesMax, long entryBytesMax, long totalBytesMax, int ratioMax) {

  public static final ArchiveLimits DEFAULT =
      new ArchiveLimits(500_000, 256L << 20, 64L << 30, 250);
}
