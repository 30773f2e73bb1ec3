package io.edgefrontier.dataset;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipException;

/** Decompresses what cannot be read from any place into a file that can. */
final class TemporaryCopy {
  private TemporaryCopy() {}

  /**
   * Copies a stream to a file among the system's temporary ones.
   *
   * @param where names the content in messages
   * @param content closed in the end
   * @param size that it is said to have
   * @param crc that it is said to have
   * @throws IOException if it has another size or checksum, or there is no room for it
   */
  static Path of(String where, InputStream content, long size, int crc) throws IOException {
    Path copy = Files.createTempFile("edgefrontier", ".rows");
    try (CheckedInputStream in = new CheckedInputStream(content, new CRC32());
        OutputStream out = Files.newOutputStream(copy)) {
      long room = Files.getFileStore(copy).getUsableSpace();
      if (room < size) {
        throw new IOException(
            "%s: takes %d bytes of temporary space, %s has %d; save it uncompressed (numpy.savez)"
                .formatted(where, size, copy.getParent(), room));
      }
      byte[] buffer = new byte[1 << 16];
      long copied = 0;
      // Never more than was announced, whatever the stream goes on to hold.
      for (int n = in.read(buffer); n >= 0 && copied + n <= size; n = in.read(buffer)) {
        out.write(buffer, 0, n);
        copied += n;
      }
      if (copied != size || in.read() >= 0 || (int) in.getChecksum().getValue() != crc) {
        throw new IOException(where + ": damaged: size or checksum is not what the zip file says");
      }
      return copy;
    } catch (EOFException | ZipException e) {
      Files.deleteIfExists(copy);
      throw new IOException(where + ": damaged: " + e.getMessage(), e);
    } catch (IOException e) {
      Files.deleteIfExists(copy);
      throw e;
    }
  }
}
