package io.edgefrontier.torchscript;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A zip of stored entries under one folder, the same bytes for the same entries. */
final class ArchiveOutput implements Closeable {
  // The engine maps storages into memory and expects them aligned so, as PyTorch writes them.
  private static final int ALIGNMENT = 64;
  private static final int LOCAL_HEADER = 30;
  private static final int EXTRA_HEADER = 4;
  // The tag of PyTorch's own padding field: "FB".
  private static final short PADDING_TAG = 0x4246;
  // The first month of the zip calendar would make Java add a time-zone-dependent extra field.
  private static final LocalDateTime TIMESTAMP = LocalDateTime.of(1980, 2, 1, 0, 0);

  private final Counter counter;
  private final ZipOutputStream zip;
  private final String folder;

  ArchiveOutput(Path file, String folder) throws IOException {
    this.counter = new Counter(new BufferedOutputStream(Files.newOutputStream(file)));
    this.zip = new ZipOutputStream(counter, StandardCharsets.UTF_8);
    this.folder = folder;
    zip.setMethod(ZipOutputStream.STORED);
  }

  /** Adds an entry; its bytes begin at a multiple of 64 in the file. */
  void add(String name, ByteBuffer content) throws IOException {
    byte[] bytes = new byte[content.remaining()];
    content.duplicate().get(bytes);
    CRC32 crc = new CRC32();
    crc.update(bytes);
    ZipEntry entry = new ZipEntry(folder + "/" + name);
    entry.setTimeLocal(TIMESTAMP);
    entry.setSize(bytes.length);
    entry.setCompressedSize(bytes.length);
    entry.setCrc(crc.getValue());
    entry.setExtra(padding(entry.getName()));
    zip.putNextEntry(entry);
    zip.write(bytes);
    zip.closeEntry();
  }

  private byte[] padding(String name) {
    int nameBytes = name.getBytes(StandardCharsets.UTF_8).length;
    long start = counter.count + LOCAL_HEADER + nameBytes + EXTRA_HEADER;
    short pad = (short) Math.floorMod(-start, ALIGNMENT);
    return ByteBuffer.allocate(EXTRA_HEADER + pad)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort(PADDING_TAG)
        .putShort(pad)
        .array();
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }

  /** Counts the bytes that pass, to know where the next entry begins. */
  private static final class Counter extends FilterOutputStream {
    private long count;

    Counter(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b);
      count++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      count += length;
    }
  }
}
