package io.edgefrontier.inspect;

import io.edgefrontier.graph.Op;
import io.edgefrontier.graph.Opaque;
import io.edgefrontier.graph.QuantParams;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.graph.Size2d;
import io.edgefrontier.graph.Tensor;
import io.edgefrontier.graph.Window;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Names an operator and its main arguments, from the components of its record. */
final class OperatorLabel {
  private static final int MOST_CHARACTERS = 40;

  private OperatorLabel() {}

  /** Returns the kind, such as Conv2d. */
  static String kind(Op op) {
    return op.reportName();
  }

  /**
   * Returns the arguments other than stored tensors and epsilon, such as {@code 3x3 s2 p1 g32}:
   * what a window has beyond stride 1, padding 0 and dilation 1; groups beyond 1; names of switches
   * that are on.
   */
  static String arguments(Op op) {
    if (op instanceof Opaque) {
      return ""; // its text may be long, and nobody here knows which argument counts
    }
    List<String> words = new ArrayList<>();
    RecordComponent[] components = op.getClass().getRecordComponents();
    if (components == null) {
      return ""; // no record
    }
    for (RecordComponent component : components) {
      String word = word(component.getName(), value(component, op));
      if (!word.isEmpty()) {
        words.add(word);
      }
    }
    String text = String.join(" ", words);
    return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS - 3) + "...";
  }

  private static Object value(RecordComponent component, Op op) {
    try {
      return component.getAccessor().invoke(op);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(component + " of a public operator cannot be read", e);
    }
  }

  private static String word(String name, Object value) {
    if (value instanceof Optional<?> optional) {
      return optional.map(present -> word(name, present)).orElse("");
    } else if (value instanceof Tensor || name.equals("epsilon")) {
      return "";
    } else if (value instanceof Window window) {
      return text(window);
    } else if (value instanceof Boolean on) {
      return on ? name : "";
    } else if (value instanceof Enum<?> choice) {
      return choice.name().toLowerCase(Locale.ROOT);
    } else if (name.equals("groups")) {
      return value.equals(1) ? "" : "g" + value;
    } else if (value instanceof Size2d size) {
      return name.equals("outputPadding") && size.equals(Size2d.of(0)) ? "" : text(size);
    } else if (value instanceof Shape shape) {
      return shape.toString();
    } else if (value instanceof QuantParams params) {
      return "scale=" + params.scale() + " zero=" + params.zeroPoint();
    } else if (value instanceof Collection<?> values) {
      return name
          + "="
          + values.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
    }
    return name + "=" + String.valueOf(value).replaceFirst("\\.0$", "");
  }

  private static String text(Window window) {
    StringBuilder text = new StringBuilder(text(window.kernel()));
    if (!window.stride().equals(Size2d.of(1))) {
      text.append(" s").append(shortened(window.stride()));
    }
    if (!window.padding().equals(Size2d.of(0))) {
      text.append(" p").append(shortened(window.padding()));
    }
    if (!window.dilation().equals(Size2d.of(1))) {
      text.append(" d").append(shortened(window.dilation()));
    }
    return text.toString();
  }

  private static String text(Size2d size) {
    return size.h() + "x" + size.w();
  }

  private static String shortened(Size2d size) {
    return size.h() == size.w() ? String.valueOf(size.h()) : text(size);
  }
}
