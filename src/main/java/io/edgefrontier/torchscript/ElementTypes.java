package io.edgefrontier.torchscript;

import io.edgefrontier.graph.DType;
import java.util.Optional;

/** PyTorch's names and numbers for element types. */
final class ElementTypes {
  private ElementTypes() {}

  /** Returns the class that a pickle names for a storage of {@code dtype}. */
  static String storage(DType dtype) {
    return switch (dtype) {
      case FLOAT32 -> "FloatStorage";
      case BFLOAT16 -> "BFloat16Storage";
      case FLOAT16 -> "HalfStorage";
      case INT8 -> "CharStorage";
      case QUINT8 -> "QUInt8Storage";
      case INT32 -> "IntStorage";
      case INT64 -> "LongStorage";
      case BOOL -> "BoolStorage";
    };
  }

  /** Returns the number that code passes for {@code dtype}. */
  static int code(DType dtype) {
    return switch (dtype) {
      case INT8 -> 1;
      case INT32 -> 3;
      case INT64 -> 4;
      case BOOL -> 11;
      case FLOAT16 -> 5;
      case FLOAT32 -> 6;
      case QUINT8 -> 13;
      case BFLOAT16 -> 15;
    };
  }

  /** Returns the type whose storages have this class, if a graph can hold it. */
  static Optional<DType> ofStorage(String storage) {
    for (DType dtype : DType.values()) {
      if (storage(dtype).equals(storage)) {
        return Optional.of(dtype);
      }
    }
    return Optional.empty();
  }

  /** Returns the type with this number, if a graph can hold it. */
  static Optional<DType> ofCode(long code) {
    for (DType dtype : DType.values()) {
      if (code(dtype) == code) {
        return Optional.of(dtype);
      }
    }
    return Optional.empty();
  }
}
