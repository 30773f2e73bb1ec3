package io.edgefrontier.torchscript;

import io.edgefrontier.graph.Op;
import io.edgefrontier.graph.Reshaping;
import io.edgefrontier.graph.Shape;
import io.edgefrontier.torchscript.Value.BatchMultiple;
import io.edgefrontier.torchscript.Value.Int;
import io.edgefrontier.torchscript.Value.Sequence;
import io.edgefrontier.torchscript.Value.Symbol;
import io.edgefrontier.torchscript.Value.Text;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Operators on shapes: those that move values and those that do nothing. */
final class ShapeOperators {
  private ShapeOperators() {}

  /** Adds the operators to {@code table}, under their names in code. */
  static void register(Map<String, Operator> table) {
    table.put("torch.flatten", new Operator("input start? end?", ShapeOperators::flatten));
    table.put("torch.view", new Operator("input size", ShapeOperators::reshape));
    table.put("torch.reshape", new Operator("input size", ShapeOperators::reshape));
    table.put("torch.permute", new Operator("input dims", ShapeOperators::permute));
    table.put("torch.transpose", new Operator("input dim0 dim1", ShapeOperators::transpose));
    table.put("torch.narrow", new Operator("input dim start length", ShapeOperators::narrow));
    table.put("torch.slice", new Operator("input dim? start? end? step?", ShapeOperators::slice));
    table.put("torch.chunk", new Operator("input chunks dim?", ShapeOperators::chunk));
    table.put("torch.split", new Operator("input split_size dim?", ShapeOperators::split));
    table.put(
        "torch.split_with_sizes", new Operator("input split_size dim?", ShapeOperators::split));
    table.put("torch.cat", new Operator("inputs dim?", ShapeOperators::concat));
    table.put("torch.constant_pad_nd", new Operator("input pad value?", ShapeOperators::pad));
    table.put("torch.pad", new Operator("input pad mode? value?", ShapeOperators::pad));
    table.put("torch.t", new Operator("input", ShapeOperators::matrixTransposed));
    for (String name : List.of("torch.swapaxes", "torch.swapdims")) {
      table.put(name, new Operator("input dim0 dim1", ShapeOperators::transpose));
    }
    table.put("torch.unsqueeze", new Operator("input dim", ShapeOperators::unsqueeze));
    table.put("torch.squeeze", new Operator("input dim?", ShapeOperators::squeeze));
    table.put("torch.select", new Operator("input dim index", ShapeOperators::select));
    table.put("torch.unbind", new Operator("input dim?", ShapeOperators::unbind));
    table.put("torch.stack", new Operator("inputs dim?", ShapeOperators::stack));
    table.put("torch.unflatten", new Operator("input dim sizes", ShapeOperators::unflatten));
    table.put("torch.view_as", new Operator("input other", ShapeOperators::viewAs));
    table.put("torch.reshape_as", new Operator("input other", ShapeOperators::viewAs));
    table.put("torch.channel_shuffle", new Operator("input groups", ShapeOperators::shuffle));
    table.put("torch.roll", new Operator("input shifts dims", ShapeOperators::roll));
  }

  private static Value flatten(Arguments a, GraphBuilder graph) throws IOException {
    Op op = new Reshaping.Flatten(a.integer("start", 0), a.integer("end", -1));
    return graph.add("flatten", op, a.tensor("input"));
  }

  private static Value reshape(Arguments a, GraphBuilder graph) throws IOException {
    return reshaped(a, "size", graph, a.dimensions("size"));
  }

  private static Value reshaped(Arguments a, String argument, GraphBuilder graph, List<Value> sizes)
      throws IOException {
    Symbol input = a.tensor("input");
    List<Integer> dims = new ArrayList<>();
    int inferred = -1;
    int batch = -1;
    for (Value size : sizes) {
      if (size instanceof BatchMultiple multiple && batch < 0) {
        batch = dims.size();
        dims.add(Math.toIntExact(multiple.factor()));
      } else if (size instanceof Int i && i.value() == -1 && inferred < 0) {
        inferred = dims.size();
        dims.add(1);
      } else if (size instanceof Int i && i.value() >= 1 && i.value() <= Integer.MAX_VALUE) {
        dims.add((int) i.value());
      } else {
        throw a.wrong(argument, "integers, of which one may be the free batch and one -1");
      }
    }
    if (batch < 0 && input.type().isBatched()) {
      // A trace may hold the batch that was traced, a 1 in front, where -1 then is another size.
      boolean traced = !dims.isEmpty() && inferred != 0 && dims.get(0) == 1;
      if (!traced && inferred < 0) {
        throw a.wrong(argument, "the free batch, or -1 in its place");
      }
      batch = traced ? 0 : inferred;
    }
    if (inferred >= 0 && inferred != batch) {
      long known = new Shape(dims).elements();
      dims.set(inferred, Math.toIntExact(Math.max(1, input.shape().elements() / known)));
    }
    if (batch >= 0) {
      dims.set(batch, -1);
    }
    return graph.add("reshape", new Reshaping.Reshape(dims), input);
  }

  private static Value unflatten(Arguments a, GraphBuilder graph) throws IOException {
    Symbol input = a.tensor("input");
    int axis = input.shape().axis(a.integer("dim"));
    List<Value> sizes = sizes(input);
    sizes.remove(axis);
    sizes.addAll(axis, a.dimensions("sizes"));
    return reshaped(a, "sizes", graph, sizes);
  }

  private static Value viewAs(Arguments a, GraphBuilder graph) throws IOException {
    return reshaped(a, "other", graph, sizes(a.tensor("other")));
  }

  /** Returns the size of every axis. */
  static List<Value> sizes(Symbol tensor) {
    List<Value> sizes = new ArrayList<>();
    for (int axis = 0; axis < tensor.shape().rank(); axis++) {
      sizes.add(tensor.type().size(axis));
    }
    return sizes;
  }

  /** Deals channels out: those of each group come to stand beside those of the other groups. */
  private static Value shuffle(Arguments a, GraphBuilder graph) throws IOException {
    Symbol input = a.tensor("input");
    Shape shape = input.shape();
    int groups = a.integer("groups");
    if (shape.rank() != 4 || input.type().isBatched(1) || shape.dim(1) % groups != 0) {
      throw a.wrong("input", "images whose channels are a multiple of the groups");
    }
    List<Integer> split = List.of(-1, groups, shape.dim(1) / groups, shape.dim(2), shape.dim(3));
    Symbol parts = graph.add("shuffle", new Reshaping.Reshape(split), input);
    Symbol dealt = graph.add("shuffle", new Reshaping.Permute(List.of(0, 2, 1, 3, 4)), parts);
    List<Integer> joined = List.of(-1, shape.dim(1), shape.dim(2), shape.dim(3));
    return graph.add("shuffle", new Reshaping.Reshape(joined), dealt);
  }

  private static Value permute(Arguments a, GraphBuilder graph) throws IOException {
    Symbol input = a.tensor("input");
    Shape shape = input.shape();
    List<Integer> axes = a.integers("dims").stream().map(shape::axis).toList();
    Optional<Symbol> images = StorageOperators.channelsLast(input, axes);
    if (images.isPresent()) {
      return images.get().copyOrSame();
    }
    return graph.add("permute", new Reshaping.Permute(axes), input);
  }

  private static Value transpose(Arguments a, GraphBuilder graph) throws IOException {
    Symbol input = a.tensor("input");
    Shape shape = input.shape();
    List<Integer> axes = new ArrayList<>();
    for (int axis = 0; axis < shape.rank(); axis++) {
      axes.add(axis);
    }
    Collections.swap(axes, shape.axis(a.integer("dim0")), shape.axis(a.integer("dim1")));
    return graph.add("transpose", new Reshaping.Permute(axes), input);
  }

  private static Value narrow(Arguments a, GraphBuilder graph) throws IOException {
    Symbol input = a.tensor("input");
    int start = a.integer("start");
    int axis = a.sampleAxis("dim", input, 0);
    Op op = new Reshaping.Slice(axis, start, start + a.integer("length"), 1);
    return graph.add("narrow", op, input);
  }

  private static Value slice(Arguments a, GraphBuilder graph) throws IOException {
    Symbol input = a.tensor("input");
    int axis = input.shape().axis(a.integer("dim", 0));
    int size = input.type().isBatched(axis) ? Integer.MAX_VALUE : input.shape().dim(axis);
    int step = a.integer("step", 1);
    int start = bound(a, "start", 0, size);
    int end = a.value("end").equals(input.type().size(axis)) ? size : bound(a, "end", size, size);
    if (start == 0 && end == size && step == 1) {
      return input.all(); // whatever the batch is
    }
    a.sampleAxis("dim", input, 0);
    return graph.add("slice", new Reshaping.Slice(axis, start, end, step), input);
  }

  /** Returns where a slice starts or ends: from the end if negative, and cut to the axis. */
  private static int bound(Arguments a, String name, int ifAbsent, int size) {
    if (a.value(name) instanceof Int i) {
      long index = i.value() < 0 ? i.value() + size : i.value();
      return (int) Math.min(Math.max(index, 0), size);
    }
    return a.integer(name, ifAbsent);
  }

  private static Value chunk(Arguments a, GraphBuilder graph) throws IOException {
    int chunks = a.integer("chunks");
    int size = a.tensor("input").shape().dim(a.integer("dim", 0));
    if (chunks < 1) {
      throw a.wrong("chunks", "a number >= 1");
    }
    return parts(a, graph, equalParts(size, (size + chunks - 1) / chunks));
  }

  /** Splits into parts of one size, the last taking what is left, or into parts of given sizes. */
  private static Value split(Arguments a, GraphBuilder graph) throws IOException {
    if (a.value("split_size") instanceof Sequence) {
      return parts(a, graph, a.integers("split_size"));
    }
    int part = a.integer("split_size");
    if (part < 1) {
      throw a.wrong("split_size", "a number >= 1");
    }
    int size = a.tensor("input").shape().dim(a.integer("dim", 0));
    return parts(a, graph, equalParts(size, part));
  }

  private static List<Integer> equalParts(int size, int part) {
    List<Integer> sizes = new ArrayList<>();
    for (int start = 0; start < size; start += part) {
      sizes.add(Math.min(part, size - start));
    }
    return sizes;
  }

  private static Value parts(Arguments a, GraphBuilder graph, List<Integer> sizes)
      throws IOException {
    Symbol input = a.tensor("input");
    int axis = a.sampleAxis("dim", input, 0);
    List<Value> parts = new ArrayList<>();
    int start = 0;
    for (int size : sizes) {
      parts.add(graph.add("split", new Reshaping.Slice(axis, start, start + size, 1), input));
      start += size;
    }
    return Sequence.list(parts);
  }

  private static List<Symbol> someTensors(Arguments a) throws IOException {
    List<Symbol> inputs = a.tensors("inputs");
    if (inputs.isEmpty()) {
      throw a.wrong("inputs", "a tensor at least");
    }
    return inputs;
  }

  /** Returns where an axis is to be put in, which may be behind the last. */
  private static int newAxis(Arguments a, Symbol input) {
    int axis = a.integer("dim", 0);
    return axis < 0 ? axis + input.shape().rank() + 1 : axis;
  }

  private static Value concat(Arguments a, GraphBuilder graph) throws IOException {
    List<Symbol> inputs = someTensors(a);
    int axis = a.sampleAxis("dim", inputs.get(0), 0);
    return graph.add("cat", new Reshaping.Concat(axis), inputs);
  }

  private static Value pad(Arguments a, GraphBuilder graph) throws IOException {
    if (!a.isNone("mode") && !(a.value("mode") instanceof Text t && t.value().equals("constant"))) {
      throw a.wrong("mode", "\"constant\"");
    }
    List<Integer> pads = new ArrayList<>(a.integers("pad"));
    if (pads.stream().allMatch(pad -> pad == 0)) {
      return a.tensor("input").copyOrSame();
    }
    boolean image = pads.size() % 2 == 0;
    for (int i = 4; i < pads.size(); i++) {
      image &= pads.get(i) == 0;
    }
    if (!image) {
      throw a.wrong("pad", "left, right, top, bottom");
    }
    while (pads.size() < 4) {
      pads.add(0);
    }
    Op op =
        new Reshaping.Pad(pads.get(0), pads.get(1), pads.get(2), pads.get(3), a.real("value", 0));
    return graph.add("pad", op, a.tensor("input"));
  }

  private static Value matrixTransposed(Arguments a, GraphBuilder graph) throws IOException {
    if (!(a.value("input") instanceof Symbol input)) {
      return StoredTensors.exchanged(a.value("input"));
    }
    List<Integer> axes = input.shape().rank() < 2 ? List.of(0) : List.of(1, 0);
    return graph.add("transpose", new Reshaping.Permute(axes), input);
  }

  private static Value unsqueeze(Arguments a, GraphBuilder graph) throws IOException {
    Symbol input = a.tensor("input");
    return graph.add("unsqueeze", new Reshaping.Unsqueeze(newAxis(a, input)), input);
  }

  /** Takes the axes of size 1 away that are named, or all; the batch is none of them. */
  private static Value squeeze(Arguments a, GraphBuilder graph) throws IOException {
    Symbol result = a.tensor("input");
    Shape shape = result.shape();
    Set<Integer> named = new TreeSet<>(Comparator.reverseOrder());
    if (a.isNone("dim")) {
      IntStream.range(0, shape.rank()).forEach(named::add);
    } else {
      a.integers("dim").forEach(axis -> named.add(shape.axis(axis)));
    }
    for (int axis : named) {
      if (shape.dim(axis) == 1 && !result.type().isBatched(axis)) {
        result = graph.add("squeeze", new Reshaping.Squeeze(axis), result);
      }
    }
    return result;
  }

  private static Value select(Arguments a, GraphBuilder graph) throws IOException {
    Symbol input = a.tensor("input");
    int axis = a.sampleAxis("dim", input, 0);
    int index = a.integer("index");
    Op op = new Reshaping.Select(axis, index < 0 ? index + input.shape().dim(axis) : index);
    return graph.add("select", op, input);
  }

  private static Value unbind(Arguments a, GraphBuilder graph) throws IOException {
    Symbol input = a.tensor("input");
    int axis = a.sampleAxis("dim", input, 0);
    List<Value> parts = new ArrayList<>();
    for (int index = 0; index < input.shape().dim(axis); index++) {
      parts.add(graph.add("unbind", new Reshaping.Select(axis, index), input));
    }
    return Sequence.list(parts);
  }

  private static Value stack(Arguments a, GraphBuilder graph) throws IOException {
    List<Symbol> inputs = someTensors(a);
    int axis = newAxis(a, inputs.get(0));
    List<Symbol> slices = new ArrayList<>();
    for (Symbol input : inputs) {
      slices.add(graph.add("unsqueeze", new Reshaping.Unsqueeze(axis), input));
    }
    return graph.add("stack", new Reshaping.Concat(axis), slices);
  }

  /** Turns axes around: what is pushed over the end comes in at the start. */
  private static Value roll(Arguments a, GraphBuilder graph) throws IOException {
    Symbol result = a.tensor("input");
    List<Integer> shifts = a.integers("shifts");
    List<Integer> axes = a.sampleAxes("dims", result);
    if (shifts.size() != axes.size()) {
      throw a.wrong("shifts", "one for each of %d axes".formatted(axes.size()));
    }
    for (int i = 0; i < axes.size(); i++) {
      int axis = axes.get(i);
      int size = result.shape().dim(axis);
      int split = Math.floorMod(-shifts.get(i), size);
      if (split > 0) {
        Symbol end = graph.add("roll", new Reshaping.Slice(axis, split, size, 1), result);
        Symbol start = graph.add("roll", new Reshaping.Slice(axis, 0, split, 1), result);
        result = graph.add("roll", new Reshaping.Concat(axis), end, start);
      }
    }
    return result;
  }
}
