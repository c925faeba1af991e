package dev.parley.stack.command;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Reads what is added to a text file, whole lines only.
final class Follower {

  private static final int CHUNK_BYTES_MAX = 1 << 20;

  private final Path file;
  private long position;

  Follower(Path file) {
    this.file = file;
  }

  /// Starts at the end of what is there.
  static Follower fromEnd(Path file) throws IOException {
    Follower follower = new Follower(file);
    follower.position = Files.exists(file) ? Files.size(file) : 0;
    return follower;
  }

  List<String> more() throws IOException {
    if (Files.notExists(file)) {
      return List.of();
    }
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      if (in.length() < position) {
        position = 0;
      }
      byte[] bytes = new byte[(int) Math.min(in.length() - position, CHUNK_BYTES_MAX)];
      in.seek(position);
      in.readFully(bytes);
      int end = lastNewline(bytes) + 1;
      position += end;
      return new String(bytes, 0, end, StandardCharsets.UTF_8).lines().toList();
    }
  }

  private static int lastNewline(byte[] bytes) {
    for (int i = bytes.length - 1; i >= 0; i--) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    return -1;
  }
}
