package io.edgefrontier.dataset;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** NumPy arrays and files of them, put together byte by byte. */
final class TestArrays {
  private TestArrays() {}

  /** Returns an array whose header is that of NumPy for these values. */
  static byte[] array(String descr, String shape, byte[] elements) {
    return array(
        1,
        "{'descr': '%s', 'fortran_order': False, 'shape': %s, }".formatted(descr, shape),
        elements);
  }

  static byte[] array(int version, String dictionary, byte[] elements) {
    byte[] text = (dictionary + "\n").getBytes(StandardCharsets.UTF_8);
    ByteBuffer header = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    header.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
    if (version == 1) {
      header.putShort((short) text.length);
    } else {
      header.putInt(text.length);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(header.array(), 0, header.position());
    out.writeBytes(text);
    out.writeBytes(elements);
    return out.toByteArray();
  }

  static byte[] floats(float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      bytes.putFloat(value);
    }
    return bytes.array();
  }

  /** Writes a deflated zip file of entries by name, such as {@code x.npy}. */
  static Path deflated(Path file, Map<String, byte[]> entries) throws IOException {
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, byte[]> entry : new LinkedHashMap<>(entries).entrySet()) {
        out.putNextEntry(new ZipEntry(entry.getKey()));
        out.write(entry.getValue());
        out.closeEntry();
      }
    }
    return file;
  }

  /** Writes an uncompressed zip file whose sizes and places are those of large files (zip64). */
  static Path large(Path file, Map<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream directory = new ByteArrayOutputStream();
    for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
      byte[] name = entry.getKey().getBytes(StandardCharsets.UTF_8);
      long offset = out.size();
      ByteBuffer local = fixed(30).putInt(0x04034b50);
      local.putShort(26, (short) name.length);
      out.writeBytes(content(local));
      out.writeBytes(name);
      out.writeBytes(entry.getValue());
      CRC32 crc = new CRC32();
      crc.update(entry.getValue());
      ByteBuffer central = fixed(46).putInt(0x02014b50);
      central.putInt(16, (int) crc.getValue()).putInt(20, -1).putInt(24, -1);
      central.putShort(28, (short) name.length).putShort(30, (short) 32).putInt(42, -1);
      directory.writeBytes(content(central));
      directory.writeBytes(name);
      long size = entry.getValue().length;
      ByteBuffer extra = fixed(32).putShort((short) 0x7777).putShort((short) 0);
      extra.putShort((short) 1).putShort((short) 24).putLong(size).putLong(size).putLong(offset);
      directory.writeBytes(content(extra));
    }
    long start = out.size();
    out.writeBytes(directory.toByteArray());
    long end = out.size();
    ByteBuffer largeEnd = fixed(56).putInt(0x06064b50);
    largeEnd.putLong(40, directory.size()).putLong(48, start);
    out.writeBytes(content(largeEnd));
    out.writeBytes(content(fixed(20).putInt(0x07064b50).putInt(0).putLong(end)));
    out.writeBytes(content(fixed(22).putInt(0x06054b50).putInt(12, -1).putInt(16, -1)));
    return Files.write(file, out.toByteArray());
  }

  private static byte[] content(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.capacity()];
    buffer.get(0, bytes);
    return bytes;
  }

  private static ByteBuffer fixed(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
