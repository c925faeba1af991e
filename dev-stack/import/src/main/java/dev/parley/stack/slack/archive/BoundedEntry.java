package dev.parley.stack.slack.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;

/// One file of the archive while it is unpacked: counts what really comes out, since sizes in an
/// archive's directory may lie, and compares the checksum at the end.
final class BoundedEntry extends FilterInputStream {

  private static final long RATIO_FROM_BYTES = 1 << 20;

  private final ZipEntry entry;
  private final ArchiveLimits limits;
  private final CRC32 crc = new CRC32();
  private long unpacked;

  BoundedEntry(InputStream in, ZipEntry entry, ArchiveLimits limits) {
    super(in);
    this.entry = entry;
    this.limits = limits;
  }

  long unpacked() {
    return unpacked;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    int count = read(one, 0, 1);
    return count < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int count = super.read(buffer, offset, length);
    if (count < 0) {
      checkSum();
    } else {
      crc.update(buffer, offset, count);
      unpacked += count;
      checkSize();
    }
    return count;
  }

  @Override
  public long skip(long count) throws IOException {
    return readNBytes((int) Math.min(count, 8192)).length;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void checkSize() {
    if (unpacked > limits.entryBytesMax()) {
      throw refused("is larger than " + (limits.entryBytesMax() >> 20) + " MiB when unpacked");
    }
    long packed = Math.max(1, entry.getCompressedSize());
    if (unpacked > RATIO_FROM_BYTES && unpacked / packed > limits.ratioMax()) {
      throw refused(
          "unpacks to more than " + limits.ratioMax() + " times its size, like a zip bomb");
    }
  }

  private void checkSum() {
    if (entry.getCrc() >= 0 && entry.getCrc() != crc.getValue()) {
      throw refused("is damaged (its checksum is wrong)");
    }
  }

  private ArchiveRefusedException refused(String why) {
    return new ArchiveRefusedException(
        "The file " + Names.quoted(entry.getName()) + " in the archive " + why + ".");
  }
}
