package io.edgefrontier.torchscript;

import io.edgefrontier.graph.Tensor;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes the few kinds of value that an archive needs, as pickle protocol 2. */
final class Pickler {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  Pickler() {
    out.write(0x80);
    out.write(2);
  }

  void global(String module, String name) {
    out.write('c');
    out.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Starts a tuple or the items of a dictionary. */
  void mark() {
    out.write('(');
  }

  /** Makes a tuple of everything since the last mark. */
  void tuple() {
    out.write('t');
  }

  void emptyTuple() {
    out.write(')');
  }

  void emptyDict() {
    out.write('}');
  }

  /** Puts the keys and values since the last mark into the dictionary before it. */
  void setItems() {
    out.write('u');
  }

  /** Makes an object of the class and the tuple of arguments on top. */
  void newObject() {
    out.write(0x81);
  }

  /** Gives the object below the state on top. */
  void build() {
    out.write('b');
  }

  void bool(boolean value) {
    out.write(value ? 0x88 : 0x89);
  }

  void text(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    out.write('X');
    littleEndian(utf8.length);
    out.writeBytes(utf8);
  }

  void integer(int value) {
    out.write('J');
    littleEndian(value);
  }

  /** Writes a dense tensor whose storage is the archive's entry {@code data/<key>}. */
  void tensor(Tensor tensor, String key) {
    global("torch._utils", "_rebuild_tensor_v2");
    mark();
    mark();
    text("storage");
    global("torch", ElementTypes.storage(tensor.dtype()));
    text(key);
    text("cpu");
    integer(Math.toIntExact(tensor.shape().elements()));
    tuple();
    out.write('Q'); // the tuple is the storage's persistent id
    integer(0);
    integers(tensor.shape().dims());
    integers(tensor.shape().strides());
    bool(false);
    global("collections", "OrderedDict");
    emptyTuple();
    out.write('R');
    tuple();
    out.write('R');
  }

  private void integers(List<Integer> values) {
    mark();
    values.forEach(this::integer);
    tuple();
  }

  private void littleEndian(int value) {
    out.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
  }

  /** Returns the pickle of everything written. */
  byte[] finish() {
    out.write('.');
    return out.toByteArray();
  }
}
