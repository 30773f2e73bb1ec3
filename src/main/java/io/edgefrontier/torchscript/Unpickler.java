package io.edgefrontier.torchscript;

import io.edgefrontier.torchscript.Value.Bool;
import io.edgefrontier.torchscript.Value.Dictionary;
import io.edgefrontier.torchscript.Value.Instance;
import io.edgefrontier.torchscript.Value.Int;
import io.edgefrontier.torchscript.Value.None;
import io.edgefrontier.torchscript.Value.Real;
import io.edgefrontier.torchscript.Value.Reference;
import io.edgefrontier.torchscript.Value.Sequence;
import io.edgefrontier.torchscript.Value.Text;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the pickles of an archive into plain {@link Value}s.
 *
 * <p>Unpickling is a small program; this one knows only the instructions that PyTorch writes for
 * values and the few globals of an allow-list. Nothing is loaded, looked up or called.
 */
final class Unpickler {
  private static final int MAX_BYTES = 8 << 20;
  private static final int MAX_STACK = 100_000;
  private static final int MAX_MEMO = 1_000_000;
  private static final int MAX_NAME = 1_000;

  private final ArchiveInput archive;
  private final String entry;
  private final StoredTensors tensors;
  private final ByteBuffer in;
  private final List<Value> stack = new ArrayList<>();
  private final List<Integer> marks = new ArrayList<>();
  private final Map<Integer, Value> memo = new HashMap<>();
  private long copied;

  private Unpickler(ArchiveInput archive, String entry, StoredTensors tensors) throws IOException {
    this.archive = archive;
    this.entry = entry;
    this.tensors = tensors;
    this.in = ByteBuffer.wrap(archive.bytes(entry, MAX_BYTES)).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Returns the value that an entry holds.
   *
   * @param entry such as {@code data.pkl}; its storages are in the folder of the same name
   * @throws IOException if the pickle is damaged or has anything in it that no archive needs
   */
  static Value read(ArchiveInput archive, String entry, StoredTensors tensors) throws IOException {
    return new Unpickler(archive, entry, tensors).run();
  }

  private Value run() throws IOException {
    if (next() != 0x80 || next() != 2) {
      throw error("does not begin as a pickle of protocol 2");
    }
    while (true) {
      int code = next();
      if (code == '.') {
        Value result = pop();
        if (!stack.isEmpty() || in.hasRemaining()) {
          throw error("ends before all of its values are used");
        }
        return result;
      }
      step(code);
      if (stack.size() > MAX_STACK || memo.size() > MAX_MEMO) {
        throw error("nests or repeats more values than an archive needs");
      }
    }
  }

  private void step(int code) throws IOException {
    switch (code) {
      case '(' -> marks.add(stack.size());
      case 'N' -> stack.add(None.NONE);
      case 0x88 -> stack.add(new Bool(true));
      case 0x89 -> stack.add(new Bool(false));
      case 'J' -> stack.add(new Int(need(4).getInt()));
      case 'K' -> stack.add(new Int(next()));
      case 'M' -> stack.add(new Int(need(2).getShort() & 0xffff));
      case 0x8a -> stack.add(new Int(longInteger()));
      case 'G' ->
          stack.add(new Real(Double.longBitsToDouble(Long.reverseBytes(need(8).getLong()))));
      case 'X' -> stack.add(new Text(text(need(4).getInt())));
      case ')' -> stack.add(Sequence.tuple(List.of()));
      case 't' -> stack.add(Sequence.tuple(popMark()));
      case 0x85, 0x86, 0x87 -> stack.add(tuple(code - 0x84));
      case ']' -> stack.add(new Sequence(new ArrayList<>(), Sequence.Kind.STORED_LIST, ""));
      case '}' -> stack.add(new Dictionary(new LinkedHashMap<>(), true));
      case 'a' -> append(List.of(pop()));
      case 'e' -> append(popMark());
      case 's' -> setItems(tuple(2).items());
      case 'u' -> setItems(popMark());
      case 'q' -> memo.put(next(), top());
      case 'r' -> memo.put(need(4).getInt(), top());
      case 'h' -> stack.add(recall(next()));
      case 'j' -> stack.add(recall(need(4).getInt()));
      case 'c' -> stack.add(global(line(), line()));
      case 0x81 -> newObject();
      case 'b' -> build();
      case 'Q' -> stack.add(tensors.storage(pop(), folder()));
      case 'R' -> reduce();
      default -> throw error("has the instruction 0x%02x, which no archive needs".formatted(code));
    }
  }

  private String folder() {
    return entry.substring(0, entry.length() - ".pkl".length());
  }

  /** Admits the globals that TorchScript archives name, as names. */
  private Value global(String module, String name) throws IOException {
    String qualified = module + "." + name;
    boolean known =
        switch (module) {
          case "collections" -> name.equals("OrderedDict");
          case "torch._utils" ->
              name.equals("_rebuild_tensor_v2")
                  || name.equals("_rebuild_qtensor")
                  || name.equals("_rebuild_parameter");
          case "torch.jit._pickle" ->
              name.matches("build_(int|double|bool|tensor)list|restore_type_tag");
          case "torch" ->
              StoredTensors.isStorage(name)
                  || StoredTensors.isScheme(name)
                  || name.equals("device");
          default ->
              (module.equals("__torch__") || module.startsWith("__torch__."))
                  && qualified.matches("[A-Za-z0-9_]+(\\.[A-Za-z0-9_]+)*+");
        };
    if (!known) {
      throw error(
          "names %s, which is not among the globals that are allowed; export a plain module"
              .formatted(ArchiveInput.printable(qualified)));
    }
    return new Reference(qualified);
  }

  private void reduce() throws IOException {
    Value arguments = pop();
    Value function = pop();
    if (!(function instanceof Reference reference && arguments instanceof Sequence sequence)) {
      throw error("calls " + Value.describe(function));
    }
    List<Value> items = sequence.items();
    String name = reference.name();
    if (name.equals("collections.OrderedDict") && items.isEmpty()) {
      stack.add(new Dictionary(new LinkedHashMap<>(), true));
    } else if (name.equals("torch._utils._rebuild_tensor_v2")) {
      stack.add(tensors.rebuild(items, entry));
    } else if (name.equals("torch._utils._rebuild_qtensor")) {
      stack.add(tensors.rebuildQuantized(items, entry));
    } else if (name.equals("torch.device") && items.size() >= 1 && items.get(0) instanceof Text) {
      stack.add(items.get(0));
    } else if (name.startsWith("__torch__.")) {
      stack.add(new Sequence(items, Sequence.Kind.TUPLE, name)); // a NamedTuple
    } else if (name.equals("torch._utils._rebuild_parameter") && items.size() == 3) {
      stack.add(items.get(0));
    } else if (name.equals("torch.jit._pickle.restore_type_tag") && items.size() == 2) {
      stack.add(items.get(0)); // a list or dictionary, and the name of its type
    } else if (name.startsWith("torch.jit._pickle.build_") && items.size() == 1) {
      stack.add(items.get(0));
    } else {
      throw error("calls %s with %d arguments".formatted(name, items.size()));
    }
  }

  private void newObject() throws IOException {
    Value arguments = pop();
    Value type = pop();
    if (!(type instanceof Reference reference
        && reference.name().startsWith("__torch__.")
        && arguments instanceof Sequence sequence
        && sequence.items().isEmpty())) {
      throw error("makes an object of " + Value.describe(type));
    }
    stack.add(new Instance(reference.name(), false));
  }

  private void build() throws IOException {
    Value state = pop();
    if (!(top() instanceof Instance instance)) {
      throw error("gives a state to " + Value.describe(top()));
    }
    if (state instanceof Dictionary dictionary) {
      // Each entry took bytes of the pickle; more can only be one dictionary for many objects.
      copied += dictionary.items().size();
      if (copied > in.limit()) {
        throw error("gives the same attributes to object after object");
      }
      for (Map.Entry<Value, Value> item : dictionary.items().entrySet()) {
        if (!(item.getKey() instanceof Text name)) {
          throw error("has " + Value.describe(item.getKey()) + " as the name of an attribute");
        }
        instance.attributes().put(name.value(), item.getValue());
      }
    } else {
      instance.setState(Optional.of(state));
    }
  }

  private void append(List<Value> items) throws IOException {
    if (!(top() instanceof Sequence sequence && sequence.isList())) {
      throw error("appends to " + Value.describe(top()));
    }
    sequence.items().addAll(items);
  }

  private void setItems(List<Value> items) throws IOException {
    if (!(top() instanceof Dictionary dictionary) || items.size() % 2 != 0) {
      throw error("puts items into " + Value.describe(top()));
    }
    for (int i = 0; i < items.size(); i += 2) {
      Value key = items.get(i);
      if (!Value.isKey(key)) {
        throw error("has " + Value.describe(key) + " as a key, expected text or a number");
      }
      if (key instanceof Text text && text.value().length() > MAX_NAME) {
        throw error("has a key of over " + MAX_NAME + " characters");
      }
      dictionary.items().put(key, items.get(i + 1));
    }
  }

  private Sequence tuple(int size) throws IOException {
    if (stack.size() < size) {
      throw error("takes a value where there is none");
    }
    List<Value> last = stack.subList(stack.size() - size, stack.size());
    Sequence tuple = Sequence.tuple(last);
    last.clear();
    return tuple;
  }

  private List<Value> popMark() throws IOException {
    if (marks.isEmpty()) {
      throw error("closes a group that is not open");
    }
    int mark = marks.remove(marks.size() - 1);
    if (mark > stack.size()) {
      throw error("takes a value out of an open group");
    }
    return tuple(stack.size() - mark).items();
  }

  private Value top() throws IOException {
    if (stack.isEmpty()) {
      throw error("takes a value where there is none");
    }
    return stack.get(stack.size() - 1);
  }

  private Value pop() throws IOException {
    Value top = top();
    stack.remove(stack.size() - 1);
    return top;
  }

  private Value recall(int key) throws IOException {
    Value value = memo.get(key);
    if (value == null) {
      throw error("recalls value " + key + ", which it never kept");
    }
    return value;
  }

  private long longInteger() throws IOException {
    int length = next();
    if (length > 8) {
      throw error("has an integer of " + length + " bytes, at most 8 are supported");
    }
    need(length);
    long value = 0;
    for (int i = 0; i < length; i++) {
      value |= (in.get() & 0xffL) << (8 * i);
    }
    int unused = 64 - 8 * length;
    return length == 0 ? 0 : value << unused >> unused;
  }

  private String text(int length) throws IOException {
    if (length < 0) {
      throw error("has a text of negative length");
    }
    need(length);
    byte[] utf8 = new byte[length];
    in.get(utf8);
    return new String(utf8, StandardCharsets.UTF_8);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = next(); c != '\n'; c = next()) {
      if (line.length() == MAX_NAME) {
        throw error("has a name of over " + MAX_NAME + " characters");
      }
      line.append((char) c);
    }
    return line.toString();
  }

  private int next() throws IOException {
    return need(1).get() & 0xff;
  }

  private ByteBuffer need(int count) throws IOException {
    if (in.remaining() < count) {
      throw error("ends in the middle of a value");
    }
    return in;
  }

  private IOException error(String problem) {
    return archive.error(
        entry, "the pickle " + problem + " (at byte " + in.position() + "); re-export the archive");
  }
}
