package io.edgefrontier.torchscript;

import io.edgefrontier.graph.DType;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.graph.Tensor;
import io.edgefrontier.torchscript.Value.Attribute;
import io.edgefrontier.torchscript.Value.Bool;
import io.edgefrontier.torchscript.Value.Int;
import io.edgefrontier.torchscript.Value.Real;
import io.edgefrontier.torchscript.Value.Reference;
import io.edgefrontier.torchscript.Value.Sequence;
import io.edgefrontier.torchscript.Value.Storage;
import io.edgefrontier.torchscript.Value.Stored;
import io.edgefrontier.torchscript.Value.StoredQuantized;
import io.edgefrontier.torchscript.Value.Text;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The tensors of an archive: checked against their storages when named, read when needed. */
final class StoredTensors {
  private static final Map<String, Integer> ELEMENT_BYTES =
      Map.ofEntries(
          Map.entry("FloatStorage", 4),
          Map.entry("DoubleStorage", 8),
          Map.entry("HalfStorage", 2),
          Map.entry("BFloat16Storage", 2),
          Map.entry("CharStorage", 1),
          Map.entry("ByteStorage", 1),
          Map.entry("ShortStorage", 2),
          Map.entry("IntStorage", 4),
          Map.entry("LongStorage", 8),
          Map.entry("BoolStorage", 1),
          Map.entry("QInt8Storage", 1),
          Map.entry("QUInt8Storage", 1),
          Map.entry("QInt32Storage", 4));
  private static final Map<String, Integer> CODES =
      Map.ofEntries(
          Map.entry("ByteStorage", 0),
          Map.entry("CharStorage", 1),
          Map.entry("ShortStorage", 2),
          Map.entry("IntStorage", 3),
          Map.entry("LongStorage", 4),
          Map.entry("HalfStorage", 5),
          Map.entry("FloatStorage", 6),
          Map.entry("DoubleStorage", 7),
          Map.entry("BoolStorage", 11),
          Map.entry("BFloat16Storage", 15));
  private static final Set<String> SCHEMES =
      Set.of("per_tensor_affine", "per_channel_affine", "per_channel_affine_float_qparams");
  // Views may overlap, but a network that keeps several times what it stores is none.
  private static final int MAX_KEPT = 2;
  private static final int MAX_READ = 8;
  private static final long SMALL = 1 << 20;
  private static final int MAX_RANK = 16;
  private static final long MAX_DIMENSION = 1L << 30;

  private final ArchiveInput archive;
  private final Map<Stored, Tensor> read = new HashMap<>();
  private String lastEntry = "";
  private byte[] lastBytes = {};
  private long keptBytes;
  private long readBytes;

  /** Takes the tensors of {@code archive}. */
  StoredTensors(ArchiveInput archive) {
    this.archive = archive;
  }

  static boolean isStorage(String name) {
    return ELEMENT_BYTES.containsKey(name);
  }

  /** Returns whether {@code torch} has a way to quantize of this name. */
  static boolean isScheme(String name) {
    return SCHEMES.contains(name);
  }

  /** Returns the bytes that one element of a tensor takes. */
  static int elementBytes(Stored tensor) {
    return ELEMENT_BYTES.get(tensor.storage().type());
  }

  /**
   * Returns the storage that a persistent id means.
   *
   * @param id ("storage", class, key, device, element count)
   * @param folder the archive's folder of storages
   */
  Storage storage(Value id, String folder) throws IOException {
    if (!(id instanceof Sequence tuple
        && tuple.items().size() == 5
        && tuple.items().get(0) instanceof Text kind
        && kind.value().equals("storage")
        && tuple.items().get(1) instanceof Reference type
        && tuple.items().get(2) instanceof Text key
        && tuple.items().get(4) instanceof Int count)) {
      throw archive.error(folder + ".pkl", "has a persistent id that names no storage");
    }
    String name = type.name().substring(type.name().lastIndexOf('.') + 1);
    if (!isStorage(name) || !key.value().matches("[A-Za-z0-9_]{1,40}")) {
      throw archive.error(
          folder + ".pkl",
          "has a storage '%s' of %s"
              .formatted(ArchiveInput.printable(key.value()), Value.describe(type)));
    }
    String entry = folder + "/" + key.value();
    long bytes = archive.size(entry);
    if (count.value() != bytes / ELEMENT_BYTES.get(name) || bytes % ELEMENT_BYTES.get(name) != 0) {
      throw archive.error(
          entry,
          "has %d bytes, a %s of %d elements has %d each; re-export the archive"
              .formatted(bytes, name, count.value(), ELEMENT_BYTES.get(name)));
    }
    return new Storage(name, entry, count.value());
  }

  /**
   * Returns the tensor that {@code torch._utils._rebuild_tensor_v2} would make.
   *
   * @param arguments storage, offset, sizes, strides and two that do not matter
   * @param entry the pickle, for messages
   */
  Stored rebuild(List<Value> arguments, String entry) throws IOException {
    if (!(arguments.size() >= 4
        && arguments.get(0) instanceof Storage storage
        && arguments.get(1) instanceof Int offset
        && arguments.get(2) instanceof Sequence sizes
        && arguments.get(3) instanceof Sequence strides
        && sizes.items().size() == strides.items().size()
        && sizes.items().size() <= MAX_RANK)) {
      throw archive.error(entry, "has a tensor that is not built from storage, offset and sizes");
    }
    List<Integer> sizeList = new ArrayList<>();
    for (Value size : sizes.items()) {
      sizeList.add((int) bounded(size, MAX_DIMENSION, entry));
    }
    List<Long> strideList = new ArrayList<>();
    for (Value stride : strides.items()) {
      strideList.add(bounded(stride, Integer.MAX_VALUE, entry));
    }
    Stored tensor = new Stored(storage, offset.value(), sizeList, strideList);
    if (!fits(tensor)) {
      throw archive.error(
          storage.entry(),
          "has %d elements, too few for a tensor of sizes %s, strides %s at %d; re-export the archive"
              .formatted(storage.count(), sizeList, strideList, offset.value()));
    }
    return tensor;
  }

  /**
   * Returns the tensor that {@code torch._utils._rebuild_qtensor} would make.
   *
   * @param arguments storage, offset, sizes, strides, scheme and two that do not matter
   * @param entry the pickle, for messages
   */
  StoredQuantized rebuildQuantized(List<Value> arguments, String entry) throws IOException {
    if (!(arguments.size() >= 5
        && arguments.get(4) instanceof Sequence scheme
        && !scheme.items().isEmpty()
        && scheme.items().get(0) instanceof Reference name
        && isScheme(name.name().substring(name.name().lastIndexOf('.') + 1)))) {
      throw archive.error(entry, "has a quantized tensor without a known way to quantize");
    }
    Stored values = rebuild(arguments.subList(0, 4), entry);
    if (!values.storage().type().startsWith("Q")) {
      throw archive.error(
          entry,
          "has a quantized tensor in a " + values.storage().type() + "; re-export the archive");
    }
    return new StoredQuantized(values, List.copyOf(scheme.items()));
  }

  private long bounded(Value value, long limit, String entry) throws IOException {
    if (!(value instanceof Int i) || i.value() < 0 || i.value() > limit) {
      throw archive.error(
          entry,
          "has %s as a size or stride, expected 0 to %d".formatted(Value.describe(value), limit));
    }
    return i.value();
  }

  /** Returns whether all elements lie in the storage, and there are no more of them than it has. */
  static boolean fits(Stored tensor) {
    long count = tensor.storage().count();
    if (tensor.offset() < 0 || tensor.offset() > count) {
      return false;
    }
    long elements = 1;
    long last = tensor.offset();
    for (int axis = 0; axis < tensor.sizes().size(); axis++) {
      int size = tensor.sizes().get(axis);
      if (size > Math.max(count, 1)) {
        return false;
      }
      if (size > 0 && elements > count / size) { // the product might overflow
        return false;
      }
      elements *= size;
      // Size and stride are below 2^31 and the sum is cut off at once, so it does not overflow.
      last += (size - 1L) * tensor.strides().get(axis);
      if (size > 0 && last >= count) {
        return false;
      }
    }
    return elements == 0 || last < count;
  }

  /**
   * Reads a tensor, dense whatever its strides; the same one gives the same instance.
   *
   * @throws IOException if a graph cannot hold it
   */
  Tensor read(Stored tensor) throws IOException {
    Tensor known = read.get(tensor);
    if (known != null) {
      return known;
    }
    Storage storage = tensor.storage();
    DType dtype =
        ElementTypes.ofStorage(storage.type())
            .orElseThrow(
                () ->
                    archive.error(
                        storage.entry(),
                        "is a %s; convert the module to float32 before the export"
                            .formatted(storage.type())));
    if (tensor.sizes().contains(0)) {
      throw archive.error(storage.entry(), "is used as a tensor of sizes " + tensor.sizes());
    }
    Shape shape = new Shape(tensor.sizes());
    keep(shape.elements() * dtype.bytes(), storage);
    byte[] content = content(storage);
    Tensor dense = Tensor.ofBytes(dtype, shape, gather(tensor, shape, content, dtype.bytes()));
    read.put(tensor, dense);
    return dense;
  }

  /**
   * Returns the only element of a tensor, whatever its type.
   *
   * @throws IOException if it cannot be read
   */
  Value number(Stored tensor) throws IOException {
    Storage storage = tensor.storage();
    int width = ELEMENT_BYTES.get(storage.type());
    ByteBuffer element =
        ByteBuffer.wrap(content(storage), (int) tensor.offset() * width, width)
            .slice()
            .order(ByteOrder.LITTLE_ENDIAN);
    return switch (storage.type()) {
      case "LongStorage" -> new Int(element.getLong());
      case "IntStorage" -> new Int(element.getInt());
      case "ShortStorage" -> new Int(element.getShort());
      case "CharStorage" -> new Int(element.get());
      case "ByteStorage" -> new Int(element.get() & 0xff);
      case "BoolStorage" -> new Bool(element.get() != 0);
      case "DoubleStorage" -> new Real(element.getDouble());
      default -> new Real(read(tensor).toFloats()[0]);
    };
  }

  /** Returns the bytes of a storage; those of the last one are kept. */
  private byte[] content(Storage storage) throws IOException {
    if (!storage.entry().equals(lastEntry)) {
      readBytes += archive.size(storage.entry());
      requireInProportion(readBytes, MAX_READ, storage);
      lastBytes = archive.bytes(storage.entry(), Integer.MAX_VALUE - 16);
      lastEntry = storage.entry();
    }
    return lastBytes;
  }

  /** Returns PyTorch's number for the element type of a storage. */
  static int code(String storage) {
    return CODES.get(storage);
  }

  /**
   * Returns a tensor of the type of {@code like} with {@code value} all over.
   *
   * @throws IOException if a graph cannot hold it
   */
  Tensor filled(Stored like, float value) throws IOException {
    Tensor model = read(like);
    keep(model.type().bytes(), like.storage());
    float[] values = new float[Math.toIntExact(model.shape().elements())];
    Arrays.fill(values, value);
    return Tensor.ofFloats(model.shape(), values).to(model.dtype());
  }

  private void keep(long bytes, Storage storage) throws IOException {
    keptBytes += bytes;
    requireInProportion(keptBytes, MAX_KEPT, storage);
  }

  private void requireInProportion(long bytes, int times, Storage storage) throws IOException {
    if (bytes > times * archive.contentBytes() + SMALL) {
      throw archive.error(
          storage.entry(), "is used again and again, for more bytes than a network needs");
    }
  }

  private static byte[] gather(Stored tensor, Shape shape, byte[] source, int width) {
    int count = (int) shape.elements();
    if (shape.strides().stream().map(Integer::longValue).toList().equals(tensor.strides())) {
      int from = (int) tensor.offset() * width;
      return Arrays.copyOfRange(source, from, from + count * width);
    }
    ByteBuffer dense = ByteBuffer.allocate(count * width);
    int rank = shape.rank();
    int[] index = new int[rank];
    while (dense.hasRemaining()) {
      long position = tensor.offset();
      for (int axis = 0; axis < rank; axis++) {
        position += index[axis] * tensor.strides().get(axis);
      }
      dense.put(source, (int) position * width, width);
      for (int axis = rank - 1; axis >= 0 && ++index[axis] == shape.dim(axis); axis--) {
        index[axis] = 0;
      }
    }
    return dense.array();
  }

  /**
   * Returns a stored matrix with its two dimensions exchanged.
   *
   * @throws IllegalArgumentException if it is none
   */
  static Value exchanged(Value matrix) {
    Stored stored = GraphBuilder.stored(matrix);
    if (stored.sizes().size() != 2) {
      throw new IllegalArgumentException(
          "a tensor of sizes %s cannot be transposed, expected 2".formatted(stored.sizes()));
    }
    List<Integer> sizes = List.of(stored.sizes().get(1), stored.sizes().get(0));
    List<Long> strides = List.of(stored.strides().get(1), stored.strides().get(0));
    return with(matrix, sizes, strides);
  }

  /** Returns a stored weight [out, in, width] as one of images of height 1. */
  static Value asImage(Value weight) {
    Stored stored = GraphBuilder.stored(weight);
    List<Integer> sizes = new ArrayList<>(stored.sizes());
    List<Long> strides = new ArrayList<>(stored.strides());
    sizes.add(2, 1);
    strides.add(
        2, sizes.get(3) * strides.get(2)); // as dense ones have, so that they are copied whole
    return with(weight, sizes, strides);
  }

  /** Returns the same elements of the same storage with other sizes and strides. */
  private static Value with(Value tensor, List<Integer> sizes, List<Long> strides) {
    Stored stored = GraphBuilder.stored(tensor);
    Stored changed = new Stored(stored.storage(), stored.offset(), sizes, strides);
    return tensor instanceof Attribute attribute
        ? new Attribute(changed, attribute.owner(), attribute.name())
        : changed;
  }
}
