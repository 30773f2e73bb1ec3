package io.edgefrontier.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/**
 * A call that the graph does not understand and keeps as it stands: it runs in float32 on inputs
 * whose sizes do not change but for the batch.
 *
 * <p>The value of a {@link Call} is the first tensor that it returns; a {@link Result} is another
 * one of the same call, which so runs once.
 */
public sealed interface Opaque extends Op {

  /** Returns the operator that is called, such as {@code torch.lstm}. */
  String function();

  /**
   * Where a call comes from.
   *
   * @param place where in the archive's code it stands; for reports
   * @param reason why the graph does not hold it as an operator of its own; for reports
   * @param formatVersion of the archive: what a call means may depend on it
   */
  record Origin(String place, String reason, int formatVersion) {}

  /**
   * What is called.
   *
   * @param function the operator, such as {@code torch.lstm}; for reports
   * @param text the call as TorchScript, with <code>${0}</code>, <code>${1}</code>, ... for inputs
   *     and <code>@{0}</code>, <code>@{1}</code>, ... for {@code tensors}
   * @param inputs types of the inputs
   * @param tensors stored tensors that the call takes
   * @param results types of the tensors that it returns, at least one
   * @param unpacked whether it returns them in a tuple or list, even if it is one
   * @param macsOfOne multiply-accumulates for a batch of 1, if they are known
   */
  record Call(
      String function,
      Origin origin,
      String text,
      List<BatchedType> inputs,
      List<StoredTensor> tensors,
      List<BatchedType> results,
      boolean unpacked,
      OptionalLong macsOfOne)
      implements Opaque {
    public Call {
      inputs = List.copyOf(inputs);
      tensors = List.copyOf(tensors);
      results = List.copyOf(results);
      if (results.isEmpty() || (results.size() > 1 && !unpacked)) {
        throw new IllegalArgumentException(
            "%s: a call returns a tensor, or several in a tuple; got %d"
                .formatted(function, results.size()));
      }
    }

    @Override
    public TensorType infer(List<TensorType> found) {
      return results.get(0).at(BatchedType.batch(function, inputs, found));
    }

    @Override
    public long macs(List<TensorType> found) {
      int batch = BatchedType.batch(function, inputs, found);
      return Math.multiplyExact(macsOfOne.orElse(0), (long) batch);
    }

    @Override
    public String reportName() {
      return "opaque " + function;
    }

    @Override
    public List<StoredTensor> stored() {
      return tensors;
    }

    @Override
    public Call withStored(UnaryOperator<Tensor> change) {
      return new Call(
          function,
          origin,
          text,
          inputs,
          tensors.stream()
              .map(old -> new StoredTensor(old.role(), change.apply(old.tensor()), old.trained()))
              .toList(),
          results,
          unpacked,
          macsOfOne);
    }
  }

  /**
   * Another result of a call. Its inputs are the value of the {@link Call} and then the call's own
   * inputs, whose sizes tell the batch.
   *
   * @param index of the result; at least 1
   * @param inputs types of the call's first result and inputs
   * @param result type of this result
   */
  record Result(String function, int index, List<BatchedType> inputs, BatchedType result)
      implements Opaque {
    public Result {
      inputs = List.copyOf(inputs);
      if (index < 1) {
        throw new IllegalArgumentException(
            "%s: the first result is the call's own, got index %d".formatted(function, index));
      }
    }

    @Override
    public TensorType infer(List<TensorType> found) {
      return result.at(BatchedType.batch(function, inputs, found));
    }

    @Override
    public String reportName() {
      return "result " + index + " of " + function;
    }
  }

  /** Returns result {@code index} of {@code call}; see {@link Result} for its inputs. */
  static Result result(Call call, int index) {
    List<BatchedType> inputs = new ArrayList<>(call.inputs());
    inputs.add(0, call.results().get(0));
    return new Result(call.function(), index, inputs, call.results().get(index));
  }
}
