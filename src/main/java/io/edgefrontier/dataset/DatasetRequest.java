package io.edgefrontier.dataset;

import io.edgefrontier.graph.Shape;
import java.util.Optional;

/**
 * Which dataset to load, and how its samples are to look.
 *
 * @param spec name as {@link DatasetSource} knows it
 * @param shape of one sample, without the batch dimension; absent means the dataset's own
 * @param images how images become samples; other datasets do not look at it
 * @param seed of the split, where the dataset has no validation part of its own
 */
public record DatasetRequest(String spec, Optional<Shape> shape, ImageTransform images, long seed) {

  /** Returns a request for samples as the dataset itself has them. */
  public static DatasetRequest of(String spec, long seed) {
    return new DatasetRequest(spec, Optional.empty(), ImageTransform.DEFAULT, seed);
  }
}
