package io.edgefrontier.torchscript;

import io.edgefrontier.torchscript.Value.BatchMultiple;
import io.edgefrontier.torchscript.Value.Bool;
import io.edgefrontier.torchscript.Value.Int;
import io.edgefrontier.torchscript.Value.None;
import io.edgefrontier.torchscript.Value.Real;
import io.edgefrontier.torchscript.Value.Sequence;
import io.edgefrontier.torchscript.Value.Text;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Operators on texts, which code needs for messages and for the names of modes and devices. */
final class TextOperators {
  private static final int MAX_TEXT = 10_000;
  private static final int MAX_ITEMS = 20;

  private TextOperators() {}

  /** Adds the operators to {@code table}, under their names in code. */
  static void register(Map<String, ConcreteOperators.Body> table) {
    table.put("torch.format", (a, n, w) -> Optional.of(format(a, w)));
    table.put("torch.percentFormat", (a, n, w) -> Optional.of(percent(a, w)));
    table.put("str", (a, n, w) -> Optional.of(text(plain(a.isEmpty() ? None.NONE : a.get(0)), w)));
    table.put("torch.str", table.get("str"));
    table.put("torch.join", (a, n, w) -> join(a, w));
    table.put("torch.split", (a, n, w) -> split(a, w));
    table.put("torch.find", (a, n, w) -> find(a, w));
    table.put("torch.replace", (a, n, w) -> replace(a, w));
    table.put("torch.lower", (a, n, w) -> of(a, w, text -> text.toLowerCase(Locale.ROOT)));
    table.put("torch.upper", (a, n, w) -> of(a, w, text -> text.toUpperCase(Locale.ROOT)));
    table.put("torch.strip", (a, n, w) -> of(a, w, String::strip));
    table.put(
        "torch.startswith",
        (a, n, w) -> Optional.of(new Bool(string(a, 0).startsWith(string(a, 1)))));
    table.put(
        "torch.endswith", (a, n, w) -> Optional.of(new Bool(string(a, 0).endsWith(string(a, 1)))));
    for (String nothing : List.of("torch.warn", "warnings.warn", "print", "torch.warnings.warn")) {
      table.put(nothing, (a, n, w) -> Optional.of(None.NONE));
    }
    ConcreteOperators.Body concatenate = table.get("torch.add");
    table.put(
        "torch.add",
        (a, n, w) ->
            a.size() == 2 && a.get(0) instanceof Text left && a.get(1) instanceof Text right
                ? Optional.of(text(left.value() + right.value(), w))
                : concatenate.apply(a, n, w));
  }

  private interface Change {
    String of(String text);
  }

  private static Optional<Value> of(List<Value> a, Work work, Change change) throws IOException {
    return a.size() == 1 && a.get(0) instanceof Text text
        ? Optional.of(text(change.of(text.value()), work))
        : Optional.empty();
  }

  /** Counts and bounds a text that is made. */
  private static Text text(String made, Work work) throws IOException {
    work.spend(1 + made.length() / 8);
    if (made.length() > MAX_TEXT) {
      throw new IllegalArgumentException(
          "it makes a text of over %d characters".formatted(MAX_TEXT));
    }
    return new Text(made);
  }

  private static String string(List<Value> a, int index) {
    if (index < a.size() && a.get(index) instanceof Text text) {
      return text.value();
    }
    throw new IllegalArgumentException("argument %d is no text".formatted(index));
  }

  /** Puts arguments in the places of {@code {}}. */
  private static Text format(List<Value> a, Work work) throws IOException {
    StringBuilder made = new StringBuilder();
    String template = string(a, 0);
    int from = 0;
    for (int next = 1; next < a.size(); next++) {
      int place = template.indexOf("{}", from);
      if (place < 0) {
        break;
      }
      made.append(template, from, place).append(plain(a.get(next)));
      requireShort(made);
      from = place + 2;
    }
    return text(made.append(template.substring(from)).toString(), work);
  }

  private static Text percent(List<Value> a, Work work) throws IOException {
    StringBuilder made = new StringBuilder();
    String template = string(a, 0);
    int next = 1;
    for (int i = 0; i < template.length(); i++) {
      boolean place =
          template.charAt(i) == '%'
              && i + 1 < template.length()
              && "dsgf".indexOf(template.charAt(i + 1)) >= 0
              && next < a.size();
      made.append(place ? plain(a.get(next++)) : template.charAt(i));
      requireShort(made);
      i += place ? 1 : 0;
    }
    return text(made.toString(), work);
  }

  private static void requireShort(StringBuilder made) {
    if (made.length() > MAX_TEXT) {
      throw new IllegalArgumentException(
          "it makes a text of over %d characters".formatted(MAX_TEXT));
    }
  }

  private static Optional<Value> join(List<Value> a, Work work) throws IOException {
    if (a.size() != 2 || !(a.get(1) instanceof Sequence parts)) {
      return Optional.empty();
    }
    StringBuilder made = new StringBuilder();
    for (int i = 0; i < parts.items().size(); i++) {
      made.append(i == 0 ? "" : string(a, 0)).append(string(parts.items(), i));
      requireShort(made);
      work.spend(1);
    }
    return Optional.of(text(made.toString(), work));
  }

  private static Optional<Value> split(List<Value> a, Work work) throws IOException {
    if (a.size() < 1 || !(a.get(0) instanceof Text text)) {
      return Optional.empty();
    }
    String separator = a.size() > 1 && a.get(1) instanceof Text given ? given.value() : " ";
    if (separator.isEmpty()) {
      throw new IllegalArgumentException("the separator is empty");
    }
    work.spend(text.value().length());
    List<Value> parts = new ArrayList<>();
    int from = 0;
    for (int at = text.value().indexOf(separator); at >= 0; ) {
      parts.add(new Text(text.value().substring(from, at)));
      from = at + separator.length();
      at = text.value().indexOf(separator, from);
    }
    parts.add(new Text(text.value().substring(from)));
    return Optional.of(Sequence.list(parts));
  }

  private static Optional<Value> find(List<Value> a, Work work) throws IOException {
    String text = string(a, 0);
    work.spend(text.length());
    int start = a.size() > 2 && a.get(2) instanceof Int i ? (int) Math.min(i.value(), MAX_TEXT) : 0;
    return Optional.of(new Int(text.indexOf(string(a, 1), start)));
  }

  private static Optional<Value> replace(List<Value> a, Work work) throws IOException {
    String text = string(a, 0);
    String old = string(a, 1);
    String changed = string(a, 2);
    long most = (text.length() + 1L) * (changed.length() + 1L);
    work.spend(most / 8);
    return Optional.of(text(text.replace(old, changed), work));
  }

  /** Returns a value as Python prints it, roughly, and never long. */
  static String plain(Value value) {
    if (value instanceof Text text) {
      return text.value();
    } else if (value instanceof Int i) {
      return Long.toString(i.value());
    } else if (value instanceof Real real) {
      return Double.toString(real.value());
    } else if (value instanceof Bool bool) {
      return bool.value() ? "True" : "False";
    } else if (value == None.NONE) {
      return "None";
    } else if (value instanceof BatchMultiple multiple) {
      return multiple.factor() == 1 ? "batch" : multiple.factor() + "*batch";
    } else if (value instanceof Sequence sequence) {
      String items =
          sequence.items().stream()
              .limit(MAX_ITEMS)
              .map(item -> item instanceof Sequence ? "..." : plain(item))
              .collect(Collectors.joining(", "));
      return sequence.isList() ? "[" + items + "]" : "(" + items + ")";
    }
    return Value.describe(value);
  }
}
