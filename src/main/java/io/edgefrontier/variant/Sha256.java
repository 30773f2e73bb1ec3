package io.edgefrontier.variant;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of files: what ties a measurement to the bytes that ship. */
public final class Sha256 {
  private Sha256() {}

  /**
   * Returns the SHA-256 of a file's bytes, in lower-case hex.
   *
   * @throws IOException if the file cannot be read
   */
  public static String of(Path file) throws IOException {
    MessageDigest digest = digest();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /**
   * Makes sure that a file still holds the bytes that the manifest names, before anything loads it.
   *
   * @throws IOException if it is not there or its bytes are others
   */
  public static void require(Path file, Archive archive) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(file + ": archive not found; make the variants again");
    }
    String actual = of(file);
    if (!actual.equals(archive.sha256())) {
      throw new IOException(
          "%s: SHA-256 is %s, variants.csv says %s; make the variants again"
              .formatted(file, actual, archive.sha256()));
    }
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
