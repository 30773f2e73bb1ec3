package io.edgefrontier.torchscript;

import io.edgefrontier.graph.Activation;
import io.edgefrontier.graph.Op;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.graph.Size2d;
import io.edgefrontier.graph.Window;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

  /**
   * A list or a tuple.
   *
   * @param className qualified name of the class of a NamedTuple, else empty
   */
  record Sequence(List<Value> items, Kind kind, String className) implements Value {
    /** What it is and who may change it. */
    enum Kind {
      TUPLE,
      /** A list that code made and may change. */
      LIST,
      /** A list in a pickle, which grows while it is unpickled and stays as it is for code. */
      STORED_LIST
    }

    /** Returns a tuple of {@code items}, which must not change any more. */
    static Sequence tuple(List<Value> items) {
      return new Sequence(List.copyOf(items), Kind.TUPLE, "");
    }

    /** Returns a new list, which code may change. */
    static Sequence list(List<Value> items) {
      return new Sequence(new ArrayList<>(items), Kind.LIST, "");
    }

    boolean isList() {
      return kind != Kind.TUPLE;
    }
  }

  /**
   * A dictionary; keys are {@link Text}, {@link Int}, {@link Real} or {@link Bool}.
   *
   * @param stored whether it is in a pickle, and thus stays as it is for code
   */
  record Dictionary(Map<Value, Value> items, boolean stored) implements Value {}

  /** What code declares for a branch that does not assign it. */
  enum Uninitialized implements Value {
    VALUE
  }

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

  /**
   * A whole multiple of the free size of the batch.
   *
   * @param factor at least 1
   */
  record BatchMultiple(long factor) implements Value {
    public BatchMultiple {
      if (factor < 1) {
        throw new IllegalArgumentException("a multiple of the batch must be >= 1, got " + factor);
      }
    }
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

  /**
   * Floating-point weights as XNNPACK wants them, with what it applies to the result.
   *
   * @param convolution empty for a linear layer
   */
  record ClampPacked(
      Value weight, Value bias, Optional<Convolution> convolution, Optional<Activation> then)
      implements Value {}

  /** A floating-point weight in the order in which oneDNN wants its elements. */
  record Reordered(Value weight) implements Value {}

  /**
   * Packed weights that were read from an attribute, whose name then names the layer.
   *
   * @param packed a {@link Packed}, {@link ClampPacked} or {@link Reordered}
   */
  record PackedAttribute(Value packed, Instance owner, String name) implements Value {
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
    private final Set<String> carried = new HashSet<>();
    private final Set<String> written = new HashSet<>();
    private final boolean made;
    private Optional<Value> state = Optional.empty();
    private String path = "";

    /**
     * @param made whether code made it, rather than a pickle
     */
    Instance(String className, boolean made) {
      this.className = className;
      this.made = made;
    }

    /** Returns whether code made it, so that it is gone when the call ends. */
    boolean isMade() {
      return made;
    }

    /** Returns the attributes whose value from before the call was read in it. */
    Set<String> carried() {
      return carried;
    }

    /** Returns the attributes that the call has assigned. */
    Set<String> written() {
      return written;
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
    private SymbolType type;
    private boolean shared;
    private Optional<Part> part = Optional.empty();

    /**
     * What a view is of another tensor.
     *
     * @param op takes the part; empty if it is all of it
     */
    record Part(Symbol whole, Optional<Op> op) {}

    Symbol(String node, SymbolType type) {
      this(node, type, new AtomicInteger());
    }

    private Symbol(String node, SymbolType type, AtomicInteger writes) {
      this.node = node;
      this.type = type;
      this.writes = writes;
      this.writesSeen = writes.get();
    }

    /** Returns a symbol for a node that shares this one's storage. */
    Symbol view(String viewNode, SymbolType viewType) {
      Symbol view = new Symbol(viewNode, viewType, writes);
      view.writesSeen = writesSeen; // what this has not seen, a view has not either
      return view;
    }

    /** Returns a symbol for a node that is a part of this one's value, in its storage. */
    Symbol part(String viewNode, SymbolType viewType, Optional<Op> op) {
      Symbol view = view(viewNode, viewType);
      view.part = Optional.of(new Part(this, op));
      return view;
    }

    /** Returns what this is a part of, if that is known. */
    Optional<Part> part() {
      return part;
    }

    /** Returns another symbol for the same storage, all of it. */
    Symbol all() {
      shared = true;
      Symbol other = part(node, type, Optional.empty());
      other.shared = true;
      return other;
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
    void overwrite(String newNode, SymbolType newType) {
      node = newNode;
      type = newType;
      writesSeen = writes.incrementAndGet();
    }

    /** Makes this the value of {@code newNode}, which holds all writes so far. */
    void follow(String newNode, SymbolType newType) {
      node = newNode;
      type = newType;
      writesSeen = writes.get();
    }

    /** Returns whether the last write to the storage is the only one that this has not seen. */
    boolean missesLastWrite() {
      return writesSeen == writes.get() - 1;
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

    SymbolType type() {
      return type;
    }

    /** Returns its shape for a batch of 1. */
    Shape shape() {
      return type.one().shape();
    }
  }

  /** Returns whether a value is weights in a kernel's own form. */
  static boolean isPacked(Value value) {
    return value instanceof Packed || value instanceof ClampPacked || value instanceof Reordered;
  }

  /** Returns whether a value may be the key of a dictionary. */
  static boolean isKey(Value value) {
    return value instanceof Text
        || value instanceof Int
        || value instanceof Real
        || value instanceof Bool;
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
    } else if (value instanceof PackedAttribute || isPacked(value)) {
      return "packed weights";
    } else if (value instanceof BatchMultiple b) {
      return b.factor() == 1 ? "the free batch" : b.factor() + " times the free batch";
    } else if (value instanceof Sequence s) {
      return "a %s of %d".formatted(s.isList() ? "list" : "tuple", s.items().size());
    } else if (value == None.NONE) {
      return "None";
    } else if (value instanceof Instance i) {
      return "an object of " + ArchiveInput.printable(i.className());
    }
    return "a " + value.getClass().getSimpleName();
  }
}
