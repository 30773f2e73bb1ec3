package io.edgefrontier.torchscript;

import io.edgefrontier.torchscript.Value.Dictionary;
import io.edgefrontier.torchscript.Value.Instance;
import io.edgefrontier.torchscript.Value.Sequence;
import io.edgefrontier.torchscript.Value.Storage;
import io.edgefrontier.torchscript.Value.Stored;
import io.edgefrontier.torchscript.Value.StoredQuantized;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an archive stores, whatever its code does with it: every tensor that its modules, their
 * packed parameters and its constants name. Nothing is run and no class is instantiated.
 *
 * <p>A tensor that several names share counts once, and never more elements than its storage has.
 *
 * @param weights elements of all tensors with two or more dimensions, by PyTorch's name of their
 *     type: float64, float32, float16, bfloat16, int8, uint8, qint8 or quint8. Biases,
 *     normalisation and scales, which have one dimension, stay in float whatever the precision
 * @param parameters elements of these types with any number of dimensions, without the scales and
 *     zero points of quantized tensors; running statistics count, because nothing tells them apart
 * @param storedBytes bytes of all tensors, of whatever type
 */
public record ArchiveContents(SortedMap<String, Long> weights, long parameters, long storedBytes) {
  private static final Map<String, String> WEIGHT_TYPES =
      Map.of(
          "DoubleStorage", "float64",
          "FloatStorage", "float32",
          "HalfStorage", "float16",
          "BFloat16Storage", "bfloat16",
          "CharStorage", "int8",
          "ByteStorage", "uint8",
          "QInt8Storage", "qint8",
          "QUInt8Storage", "quint8");

  public ArchiveContents {
    weights = Collections.unmodifiableSortedMap(new TreeMap<>(weights));
  }

  /**
   * Reads what an archive stores, and checks what {@link TorchScriptReader#check} does.
   *
   * @throws IOException if the file is missing, damaged or hostile
   */
  public static ArchiveContents read(Path file) throws IOException {
    try (ArchiveInput archive = ArchiveInput.open(file)) {
      StoredTensors tensors = new StoredTensors(archive);
      Count count = new Count();
      count.open(List.of(TorchScriptReader.module(archive, tensors)));
      count.open(TorchScriptReader.constants(archive, tensors));
      return count.finish();
    }
  }

  /** Walks through values, each once: a stranger decides how they nest. */
  private static final class Count {
    private final Deque<Value> open = new ArrayDeque<>();
    private final Set<Value> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Stored> counted = new HashSet<>();
    private final Map<Storage, Long> used = new HashMap<>();
    private final SortedMap<String, Long> weights = new TreeMap<>();
    private long parameters;
    private long storedBytes;

    void open(Collection<Value> values) {
      open.addAll(values);
    }

    ArchiveContents finish() {
      while (!open.isEmpty()) {
        Value value = open.remove();
        if (seen.add(value)) {
          visit(value);
        }
      }
      return new ArchiveContents(weights, parameters, storedBytes);
    }

    private void visit(Value value) {
      if (value instanceof Stored tensor) {
        count(tensor, true);
      } else if (value instanceof StoredQuantized quantized) {
        count(quantized.values(), true);
        for (Value part : quantized.scheme()) {
          if (part instanceof Stored scales) {
            count(scales, false);
          }
        }
      } else if (value instanceof Sequence sequence) {
        open(sequence.items());
      } else if (value instanceof Dictionary dictionary) {
        open(dictionary.items().values());
      } else if (value instanceof Instance instance) {
        open(instance.attributes().values());
        instance.state().ifPresent(open::add);
      }
    }

    private void count(Stored tensor, boolean parameter) {
      if (!counted.add(tensor)) {
        return;
      }
      long elements = 1;
      for (int size : tensor.sizes()) {
        elements *= size; // at most the storage's, as StoredTensors made sure
      }
      long before = used.getOrDefault(tensor.storage(), 0L);
      long more = Math.min(elements, tensor.storage().count() - before);
      used.put(tensor.storage(), before + more);
      storedBytes += more * StoredTensors.elementBytes(tensor);
      String type = WEIGHT_TYPES.get(tensor.storage().type());
      if (parameter && type != null) {
        parameters += more;
        if (tensor.sizes().size() >= 2 && more > 0) {
          weights.merge(type, more, Long::sum);
        }
      }
    }
  }
}
