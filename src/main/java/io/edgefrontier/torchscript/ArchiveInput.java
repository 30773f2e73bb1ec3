package io.edgefrontier.torchscript;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The entries of an archive, once it is certain that they are whole: names are plain and unique,
 * sizes are in proportion to the file, every checksum fits.
 */
final class ArchiveInput implements Closeable {
  private static final int MAX_ENTRIES = 100_000;
  // PyTorch stores its entries; trained weights hardly compress, code does by less than this.
  private static final int MAX_EXPANSION = 16;
  private static final long SMALL = 1 << 16;
  // The versions of the file format that libtorch 2.7 reads.
  private static final int NEWEST_VERSION = 10;

  private static final int TAR_MARK_END = 262;
  private static final String NO_CODE =
      "is missing; expected what torch.jit.trace(...).save or torch.jit.script(...).save"
          + " writes, not a pickled model or state dictionary, which have no code: load them in"
          + " PyTorch and export with torch.jit.script(model.eval()).save(...)";

  private final Path file;
  private final ZipFile zip;
  private int formatVersion;
  private final String folder;
  private final Map<String, ZipEntry> entries;
  private final long contentBytes;

  private ArchiveInput(Path file, ZipFile zip) throws IOException {
    this.file = file;
    this.zip = zip;
    if (zip.size() < 1 || zip.size() > MAX_ENTRIES) {
      throw error("zip", "has %d entries, expected 1 to %d".formatted(zip.size(), MAX_ENTRIES));
    }
    Map<String, ZipEntry> named = new LinkedHashMap<>();
    String top = "";
    long total = 0;
    for (ZipEntry entry : Collections.list(zip.entries())) {
      String name = entry.getName();
      top = top.isEmpty() ? requirePlain(name) : top;
      if (!name.startsWith(top + "/") || !requirePlain(name).equals(top)) {
        throw error(name, "is outside the top folder '" + top + "'; re-export the archive");
      }
      if (named.put(name.substring(top.length() + 1), entry) != null) {
        throw error(name, "is there twice; re-export the archive");
      }
      requireProportion(entry);
      total += entry.getSize();
      if (total > MAX_EXPANSION * Files.size(file) + SMALL) {
        throw error("zip", "expands to " + total + " bytes or more, out of proportion to the file");
      }
    }
    this.contentBytes = total;
    this.folder = top;
    this.entries = Collections.unmodifiableMap(named);
  }

  /**
   * Opens an archive and checks all of it but the meaning of its entries.
   *
   * @throws IOException if the file is missing or damaged; the message names file and entry
   */
  static ArchiveInput open(Path file) throws IOException {
    ZipFile zip;
    try {
      zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8);
    } catch (IOException | IllegalArgumentException e) {
      String found = Files.isRegularFile(file) ? notZip(file) : "is no readable file";
      throw new IOException(
          "%s: %s (%s); expected a TorchScript archive".formatted(file, found, e.getMessage()), e);
    }
    try {
      ArchiveInput archive = new ArchiveInput(file, zip);
      archive.checkContents();
      return archive;
    } catch (IllegalArgumentException e) { // ZipFile decodes comments late, and throws this
      zip.close();
      throw new IOException(
          "%s: zip: has a name or comment that is no text (%s); copy or re-export the archive"
              .formatted(file, printable(String.valueOf(e.getMessage()))),
          e);
    } catch (IOException | RuntimeException e) {
      zip.close();
      throw e;
    }
  }

  /** Says what a file is instead of a zip. */
  private static String notZip(Path file) {
    byte[] start = {};
    try (InputStream in = Files.newInputStream(file)) {
      start = in.readNBytes(TAR_MARK_END);
    } catch (IOException e) {
      return "is no readable file";
    }
    if (start.length >= 2 && (start[0] & 0xff) == 0x80 && start[1] >= 2 && start[1] <= 5) {
      return "is a pickle, such as torch.save wrote before PyTorch 1.6, and has no code: load it"
          + " in PyTorch and export with torch.jit.script(model.eval()).save(...); it is no readable zip";
    }
    String mark = new String(start, StandardCharsets.ISO_8859_1);
    if (mark.endsWith("ustar") && start.length == TAR_MARK_END) {
      return "is a tar file, such as torch.save wrote before PyTorch 0.1.2, and has no code; it is"
          + " no readable zip";
    }
    return "is no readable zip";
  }

  /** Returns the first folder of a name that is a plain relative path. */
  private String requirePlain(String name) throws IOException {
    int slash = name.indexOf('/');
    boolean plain =
        slash > 0
            && name.chars().noneMatch(c -> c < ' ' || c == '\\' || c == 0x7f)
            && !("/" + name + "/").contains("/../")
            && !("/" + name + "/").contains("/./")
            && !name.contains("//");
    if (!plain) {
      throw error(name, "is no plain path below one folder; re-export the archive");
    }
    return name.substring(0, slash);
  }

  private void requireProportion(ZipEntry entry) throws IOException {
    long stored = entry.getCompressedSize();
    long size = entry.getSize();
    boolean fits =
        stored >= 0
            && stored <= Files.size(file)
            && switch (entry.getMethod()) {
              case ZipEntry.STORED -> stored == size;
              case ZipEntry.DEFLATED -> size >= 0 && size <= MAX_EXPANSION * stored + SMALL;
              default -> false;
            };
    if (!fits) {
      throw error(
          entry.getName(),
          "claims %d bytes stored as %d, method %d; expected a stored or modestly deflated entry"
              .formatted(size, stored, entry.getMethod()));
    }
  }

  private void checkContents() throws IOException {
    for (Map.Entry<String, ZipEntry> entry : entries.entrySet()) {
      checkChecksum(entry.getKey(), entry.getValue());
    }
    for (String required : new String[] {"data.pkl", "constants.pkl"}) {
      if (!has(required)) {
        throw error(required, NO_CODE);
      }
    }
    checkVersion();
    if (has("byteorder") && !text("byteorder").strip().equals("little")) {
      throw error(
          "byteorder",
          "is '"
              + printable(text("byteorder"))
              + "', expected little; re-export on such a machine");
    }
  }

  /** Returns the version of the file format. */
  int formatVersion() {
    return formatVersion;
  }

  /** PyTorch has written the version to two places, to one of them only at times. */
  private void checkVersion() throws IOException {
    boolean found = false;
    for (String entry : new String[] {"version", ".data/version"}) {
      if (!has(entry)) {
        continue;
      }
      found = true;
      String version = text(entry).strip();
      if (!version.matches("[0-9]{1,3}")
          || Integer.parseInt(version) < 1
          || Integer.parseInt(version) > NEWEST_VERSION) {
        throw error(
            entry,
            "is '%s', expected 1 to %d; re-export with a PyTorch of 1.8 to 2.x"
                .formatted(printable(version), NEWEST_VERSION));
      }
      formatVersion = Integer.parseInt(version);
    }
    if (!found) {
      throw error("version", NO_CODE);
    }
  }

  private void checkChecksum(String name, ZipEntry entry) throws IOException {
    CRC32 crc = new CRC32();
    byte[] buffer = new byte[1 << 16];
    long size = 0;
    try (InputStream in = zip.getInputStream(entry)) {
      for (int n = in.read(buffer); n >= 0 && size <= entry.getSize(); n = in.read(buffer)) {
        crc.update(buffer, 0, n);
        size += n;
      }
    } catch (IOException e) {
      throw new IOException(
          "%s: %s: cannot be read (%s); copy or re-export the archive"
              .formatted(file, name, e.getMessage()),
          e);
    }
    if (size != entry.getSize() || crc.getValue() != entry.getCrc()) {
      throw error(name, "is damaged: size or checksum differ; copy or re-export the archive");
    }
  }

  /** Returns the name of the folder that holds everything, mostly the network's name. */
  String folder() {
    return folder;
  }

  /** Returns the names of all entries, in the file's order. */
  Set<String> names() {
    return entries.keySet();
  }

  boolean has(String name) {
    return entries.containsKey(name);
  }

  /** Returns the bytes of all entries, which the size of the file bounds. */
  long contentBytes() {
    return contentBytes;
  }

  /** Returns the bytes of an entry. */
  long size(String name) throws IOException {
    return entry(name).getSize();
  }

  /**
   * Returns the content of an entry.
   *
   * @param limit bytes that are still plausible for this entry
   */
  byte[] bytes(String name, long limit) throws IOException {
    long size = size(name);
    if (size > limit) {
      throw error(name, "has %d bytes, at most %d are supported".formatted(size, limit));
    }
    try (InputStream in = zip.getInputStream(entry(name))) {
      ByteArrayOutputStream out = new ByteArrayOutputStream((int) size);
      in.transferTo(out);
      return out.toByteArray();
    }
  }

  /** Returns a small entry as text. */
  String text(String name) throws IOException {
    return new String(bytes(name, SMALL << 7), StandardCharsets.UTF_8);
  }

  private ZipEntry entry(String name) throws IOException {
    ZipEntry entry = entries.get(name);
    if (entry == null) {
      throw error(name, "is missing; re-export the archive");
    }
    return entry;
  }

  /** Returns the error that {@code entry} of this file deserves. */
  IOException error(String entry, String problem) {
    return new IOException("%s: %s: %s".formatted(file, printable(entry), problem));
  }

  /** Returns text that came from a stranger without what would garble a terminal. */
  static String printable(String text) {
    String plain = text.replaceAll("[^\\x20-\\x7e]", "?");
    return plain.length() > 120 ? plain.substring(0, 120) + "..." : plain;
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
