package io.edgefrontier.torchscript;

import io.edgefrontier.graph.Size2d;
import io.edgefrontier.graph.TensorType;
import io.edgefrontier.graph.Window;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a pickle holds and what code computes when it is run on symbolic tensors.
 *
 * <p>A stranger decides how values nest, so nothing compares, hashes or prints them as a whole,
 * except a {@link Stored}, whose sizes and strides are few.
 */
sealed interface Value {

  /** Python's None. */
  enum None implements Value {
    NONE
  }

  record Bool(boolean value) implements Value {}

  record Int(long value) implements Value {}

  record Real(double value) implements Value {}

  record Text(String value) implements Value {}

  /** A list or a tuple; a list grows while it is unpickled. */
  record Sequence(List<Value> items) implements Value {}

  /** A dictionary with text for keys. */
  record Dictionary(Map<String, Value> items) implements Value {}

  /** A dotted name that is no variable: a function, a class or a type. */
  record Reference(String name) implements Value {}

  /** A method of an object. */
  record Method(Instance self, String name) implements Value {}

  /** A storage that an archive names. */
  record Storage(String type, String entry, long count) implements Value {}

  /**
   * A tensor in the archive, not yet read.
   *
   * @param offset index of the first element in the storage
   */
  record Stored(Storage storage, long offset, List<Integer> sizes, List<Long> strides)
      implements Value {}

  /**
   * A tensor of quantized values in the archive, not yet read.
   *
   * @param values as stored, without regard to what they stand for
   * @param scheme its name, then scale and zero point or, per channel, two tensors of them and the
   *     axis
   */
  record StoredQuantized(Stored values, List<Value> scheme) implements Value {}

  /** A stored tensor that was read from an attribute, whose name then names the layer. */
  record Attribute(Stored tensor, Instance owner, String name) implements Value {
    /** Returns the path of the attribute, made when asked for: there may be very many of these. */
    String origin() {
      return owner.pathOf(name);
    }
  }

  /** The free size of the batch. */
  enum Batch implements Value {
    SIZE
  }

  /** Zeros, as many as a tensor has elements. */
  enum Zeros implements Value {
    LIKE
  }

  /** An int8 weight with its per-channel scales. */
  record QuantizedWeight(Value weight, Value scales) implements Value {}

  /**
   * A quantized layer's weights as its kernel wants them.
   *
   * @param convolution empty for a linear layer
   */
  record Packed(QuantizedWeight weight, Value bias, Optional<Convolution> convolution)
      implements Value {}

  /** Packed weights that were read from an attribute, whose name then names the layer. */
  record PackedAttribute(Packed packed, Instance owner, String name) implements Value {
    /** Returns the path of the attribute. */
    String origin() {
      return owner.pathOf(name);
    }
  }

  /** What a packed convolution knows besides its weights. */
  record Convolution(Size2d stride, Size2d padding, Size2d dilation, int groups) {
    Window window(int kernelHeight, int kernelWidth) {
      return new Window(new Size2d(kernelHeight, kernelWidth), stride, padding, dilation);
    }
  }

  /** An object of a class that the archive's code declares; plain attributes, nothing else. */
  final class Instance implements Value {
    private final String className;
    private final Map<String, Value> attributes = new LinkedHashMap<>();
    private Optional<Value> state = Optional.empty();
    private String path = "";

    Instance(String className) {
      this.className = className;
    }

    /** Returns the qualified name, such as {@code __torch__.Net}. */
    String className() {
      return className;
    }

    Map<String, Value> attributes() {
      return attributes;
    }

    /** Returns what {@code __setstate__} is to be given, if the attributes are not yet there. */
    Optional<Value> state() {
      return state;
    }

    void setState(Optional<Value> newState) {
      state = newState;
    }

    /** Returns the names of the attributes that lead here, joined by dots; empty for the root. */
    String path() {
      return path;
    }

    void setPath(String newPath) {
      path = newPath;
    }

    /** Returns the path of one of this object's attributes. */
    String pathOf(String attribute) {
      return path.isEmpty() ? attribute : path + "." + attribute;
    }
  }

  /**
   * A tensor that the network computes.
   *
   * <p>An in-place operator changes which node's value it is, for every variable that holds it.
   * Views of one storage share their writes: a symbol that has not seen the last write is stale.
   */
  final class Symbol implements Value {
    private final AtomicInteger writes;
    private int writesSeen;
    private String node;
    private TensorType type;
    private boolean shared;

    Symbol(String node, TensorType type) {
      this(node, type, new AtomicInteger());
    }

    private Symbol(String node, TensorType type, AtomicInteger writes) {
      this.node = node;
      this.type = type;
      this.writes = writes;
      this.writesSeen = writes.get();
    }

    /** Returns a symbol for a node that shares this one's storage. */
    Symbol view(String viewNode, TensorType viewType) {
      return new Symbol(viewNode, viewType, writes);
    }

    /** Returns a symbol for the same node, which may or may not share this one's storage. */
    Symbol copyOrSame() {
      shared = true;
      Symbol other = view(node, type);
      other.shared = true;
      return other;
    }

    /** Returns whether there may be another symbol for the same node. */
    boolean isShared() {
      return shared;
    }

    /** Makes this the value of {@code newNode}, which was computed in place. */
    void overwrite(String newNode, TensorType newType) {
      node = newNode;
      type = newType;
      writesSeen = writes.incrementAndGet();
    }

    void rename(String newNode) {
      node = newNode;
    }

    boolean isStale() {
      return writesSeen != writes.get();
    }

    String node() {
      return node;
    }

    TensorType type() {
      return type;
    }
  }

  /** Returns the kind of a value in words, for messages. */
  static String describe(Value value) {
    if (value instanceof Int i) {
      return "the integer " + i.value();
    } else if (value instanceof Real r) {
      return "the number " + r.value();
    } else if (value instanceof Bool b) {
      return b.value() ? "True" : "False";
    } else if (value instanceof Text t) {
      return "the text '" + ArchiveInput.printable(t.value()) + "'";
    } else if (value instanceof Reference r) {
      return "the name '" + ArchiveInput.printable(r.name()) + "'";
    } else if (value instanceof Symbol s) {
      return "a computed tensor " + s.type();
    } else if (value instanceof Stored || value instanceof Attribute) {
      return "a stored tensor";
    } else if (value instanceof StoredQuantized) {
      return "a stored quantized tensor";
    } else if (value instanceof Instance i) {
      return "an object of " + ArchiveInput.printable(i.className());
    }
    return "a " + value.getClass().getSimpleName();
  }
}
