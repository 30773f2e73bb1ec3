package io.edgefrontier.torchscript;

import io.edgefrontier.torchscript.Value.Dictionary;
import io.edgefrontier.torchscript.Value.Int;
import io.edgefrontier.torchscript.Value.None;
import io.edgefrontier.torchscript.Value.Sequence;
import io.edgefrontier.torchscript.Value.Text;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Operators on lists, tuples and dictionaries, whatever they hold. */
final class ListOperators {
  private ListOperators() {}

  /** Adds the operators to {@code table}, under their names in code. */
  static void register(Map<String, ConcreteOperators.Body> table) {
    table.put("torch.len", (a, n, w) -> length(a));
    table.put("len", (a, n, w) -> length(a));
    table.put("torch.__getitem__", (a, n, w) -> element(a));
    table.put("torch._set_item", (a, n, w) -> setElement(a, w));
    table.put("torch.slice", ListOperators::slice);
    table.put("torch.add", (a, n, w) -> concatenation(a, w));
    table.put("torch.mul", (a, n, w) -> repetition(a, w));
    table.put("torch.list", (a, n, w) -> copy(a, w));
    table.put("torch.copy", (a, n, w) -> copy(a, w));
    table.put("ops.prim.rangelist", (a, n, w) -> range(a, w));
    registerChanges(table);
    registerDictionaries(table);
  }

  private static void registerChanges(Map<String, ConcreteOperators.Body> table) {
    table.put(
        "torch.append",
        (a, n, w) -> {
          changeable(a, 2).add(a.get(1));
          return Optional.of(a.get(0));
        });
    for (String name : List.of("torch.extend", "torch.add_")) {
      table.put(
          name,
          (a, n, w) -> {
            if (a.size() != 2 || !(a.get(1) instanceof Sequence more)) {
              return Optional.empty();
            }
            w.spend(more.items().size());
            changeable(a, 2).addAll(List.copyOf(more.items()));
            return Optional.of(a.get(0));
          });
    }
    table.put(
        "torch.insert",
        (a, n, w) -> {
          List<Value> list = changeable(a, 3);
          w.spend(list.size());
          list.add(
              (int) Math.max(0, Math.min(list.size(), index(a.get(1), list.size()))), a.get(2));
          return Optional.of(None.NONE);
        });
    table.put(
        "torch.pop",
        (a, n, w) -> {
          if (a.isEmpty() || !(a.get(0) instanceof Sequence)) {
            return Optional.empty();
          }
          List<Value> list = changeable(a, a.size());
          w.spend(list.size());
          Value at = a.size() == 2 ? a.get(1) : new Int(-1);
          return Optional.of(list.remove((int) requireIndex(at, list.size())));
        });
    table.put(
        "torch.clear",
        (a, n, w) -> {
          changeable(a, 1).clear();
          return Optional.of(None.NONE);
        });
    table.put(
        "torch.reverse",
        (a, n, w) -> {
          List<Value> list = changeable(a, 1);
          w.spend(list.size());
          Collections.reverse(list);
          return Optional.of(None.NONE);
        });
  }

  private static void registerDictionaries(Map<String, ConcreteOperators.Body> table) {
    table.put("torch.keys", (a, n, w) -> items(a, w, Map.Entry::getKey));
    table.put("torch.values", (a, n, w) -> items(a, w, Map.Entry::getValue));
    table.put(
        "torch.items",
        (a, n, w) -> items(a, w, item -> Sequence.tuple(List.of(item.getKey(), item.getValue()))));
    table.put(
        "torch.get",
        (a, n, w) -> {
          if (a.size() < 2 || !(a.get(0) instanceof Dictionary dictionary)) {
            return Optional.empty();
          }
          Value ifAbsent = a.size() == 3 ? a.get(2) : None.NONE;
          return Optional.of(dictionary.items().getOrDefault(a.get(1), ifAbsent));
        });
    table.put(
        "torch.dict",
        (a, n, w) -> {
          if (a.isEmpty()) {
            return Optional.of(new Dictionary(new LinkedHashMap<>(), false));
          }
          if (!(a.get(0) instanceof Dictionary dictionary)) {
            return Optional.empty();
          }
          w.spend(dictionary.items().size());
          return Optional.of(new Dictionary(new LinkedHashMap<>(dictionary.items()), false));
        });
  }

  /** What is taken of each item of a dictionary. */
  private interface Part {
    Value of(Map.Entry<Value, Value> item);
  }

  private static Optional<Value> items(List<Value> a, Work work, Part part) throws IOException {
    if (a.size() != 1 || !(a.get(0) instanceof Dictionary dictionary)) {
      return Optional.empty();
    }
    work.spend(dictionary.items().size());
    return Optional.of(
        Sequence.list(dictionary.items().entrySet().stream().map(part::of).toList()));
  }

  private static Optional<Value> length(List<Value> a) {
    if (a.size() == 1 && a.get(0) instanceof Sequence sequence) {
      return Optional.of(new Int(sequence.items().size()));
    } else if (a.size() == 1 && a.get(0) instanceof Dictionary dictionary) {
      return Optional.of(new Int(dictionary.items().size()));
    } else if (a.size() == 1 && a.get(0) instanceof Text text) {
      return Optional.of(new Int(text.value().length()));
    }
    return Optional.empty();
  }

  private static Optional<Value> element(List<Value> a) {
    if (a.size() != 2) {
      return Optional.empty();
    }
    if (a.get(0) instanceof Sequence sequence) {
      return Optional.of(
          sequence.items().get((int) requireIndex(a.get(1), sequence.items().size())));
    } else if (a.get(0) instanceof Text text) {
      int index = (int) requireIndex(a.get(1), text.value().length());
      return Optional.of(new Text(text.value().substring(index, index + 1)));
    } else if (a.get(0) instanceof Dictionary dictionary) {
      Value found = Value.isKey(a.get(1)) ? dictionary.items().get(a.get(1)) : null;
      if (found == null) {
        throw new IllegalArgumentException(
            "there is no element %s of a dictionary".formatted(Value.describe(a.get(1))));
      }
      return Optional.of(found);
    }
    throw new IllegalArgumentException(
        "there is no element %s of %s"
            .formatted(Value.describe(a.get(1)), Value.describe(a.get(0))));
  }

  private static Optional<Value> setElement(List<Value> a, Work work) throws IOException {
    if (a.size() == 3 && a.get(0) instanceof Dictionary dictionary && Value.isKey(a.get(1))) {
      if (dictionary.stored()) {
        throw keptFromCallToCall();
      }
      work.spend(1);
      dictionary.items().put(a.get(1), a.get(2));
      return Optional.of(None.NONE);
    }
    List<Value> list = changeable(a, 3);
    list.set((int) requireIndex(a.get(1), list.size()), a.get(2));
    return Optional.of(a.get(0));
  }

  private static Optional<Value> slice(List<Value> a, Map<String, Value> named, Work work)
      throws IOException {
    boolean text = !a.isEmpty() && a.get(0) instanceof Text;
    if (a.isEmpty() || a.size() > 4 || !(text || a.get(0) instanceof Sequence)) {
      return Optional.empty();
    }
    int size = text ? ((Text) a.get(0)).value().length() : ((Sequence) a.get(0)).items().size();
    long step = a.size() > 3 && a.get(3) instanceof Int i ? i.value() : 1;
    if (step < 1) {
      throw new IllegalArgumentException(
          "a slice has the step %d, expected 1 or more".formatted(step));
    }
    long start = a.size() > 1 && a.get(1) != None.NONE ? index(a.get(1), size) : 0;
    long end = a.size() > 2 && a.get(2) != None.NONE ? index(a.get(2), size) : size;
    int from = (int) Math.max(0, Math.min(size, start));
    int to = (int) Math.max(from, Math.min(size, end));
    work.spend(to - from);
    if (text) {
      return Optional.of(new Text(((Text) a.get(0)).value().substring(from, to)));
    }
    Sequence sequence = (Sequence) a.get(0);
    List<Value> part = new ArrayList<>();
    for (long i = from; i < to; i += step) {
      part.add(sequence.items().get((int) i));
    }
    return Optional.of(sequence.isList() ? Sequence.list(part) : Sequence.tuple(part));
  }

  private static Optional<Value> concatenation(List<Value> a, Work work) throws IOException {
    if (a.size() != 2
        || !(a.get(0) instanceof Sequence left)
        || !(a.get(1) instanceof Sequence right)) {
      return Optional.empty();
    }
    work.spend(left.items().size() + right.items().size());
    List<Value> both = new ArrayList<>(left.items());
    both.addAll(right.items());
    return Optional.of(left.isList() ? Sequence.list(both) : Sequence.tuple(both));
  }

  private static Optional<Value> repetition(List<Value> a, Work work) throws IOException {
    boolean listFirst = a.size() == 2 && a.get(0) instanceof Sequence;
    if (a.size() != 2
        || !(a.get(listFirst ? 0 : 1) instanceof Sequence sequence)
        || !(a.get(listFirst ? 1 : 0) instanceof Int times)) {
      return Optional.empty();
    }
    long count = Math.max(0, times.value());
    work.spend(Math.multiplyExact(count, Math.max(1L, sequence.items().size())));
    List<Value> repeated = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      repeated.addAll(sequence.items());
    }
    return Optional.of(sequence.isList() ? Sequence.list(repeated) : Sequence.tuple(repeated));
  }

  private static Optional<Value> copy(List<Value> a, Work work) throws IOException {
    if (a.size() == 1 && a.get(0) instanceof Sequence sequence) {
      work.spend(sequence.items().size());
      return Optional.of(Sequence.list(sequence.items()));
    } else if (a.size() == 1 && a.get(0) instanceof Text text) {
      work.spend(text.value().length());
      List<Value> letters = new ArrayList<>();
      text.value().chars().forEach(c -> letters.add(new Text(String.valueOf((char) c))));
      return Optional.of(Sequence.list(letters));
    }
    return Optional.empty();
  }

  private static Optional<Value> range(List<Value> a, Work work) throws IOException {
    if (a.size() != 1 || !(a.get(0) instanceof Int end)) {
      throw new IllegalArgumentException("it takes one known integer");
    }
    work.spend(Math.max(0, end.value()));
    List<Value> integers = new ArrayList<>();
    for (long i = 0; i < end.value(); i++) {
      integers.add(new Int(i));
    }
    return Optional.of(Sequence.list(integers));
  }

  /** Returns the items of the first argument, a list that code may change. */
  private static List<Value> changeable(List<Value> a, int count) {
    if (a.size() != count || !(a.get(0) instanceof Sequence sequence) || !sequence.isList()) {
      throw new IllegalArgumentException(
          "it changes %s, expected a list and %d more arguments"
              .formatted(a.isEmpty() ? "nothing" : Value.describe(a.get(0)), count - 1));
    }
    if (sequence.kind() == Sequence.Kind.STORED_LIST) {
      throw keptFromCallToCall();
    }
    return sequence.items();
  }

  private static IllegalArgumentException keptFromCallToCall() {
    return new IllegalArgumentException(
        "it changes an attribute of the module; a graph keeps no state from call to call");
  }

  /** Returns an index with negative ones counted from the end; it may be outside. */
  private static long index(Value value, int size) {
    if (value instanceof Int i) {
      return i.value() < 0 ? i.value() + size : i.value();
    }
    throw new IllegalArgumentException("%s is no index".formatted(Value.describe(value)));
  }

  private static long requireIndex(Value value, int size) {
    long index = index(value, size);
    if (index < 0 || index >= size) {
      throw new IllegalArgumentException(
          "there is no element %s of %d".formatted(Value.describe(value), size));
    }
    return index;
  }
}
