package io.edgefrontier.variant;

import java.util.List;
import java.util.OptionalLong;

/**
 * A variant's TorchScript archive as it ships, with what is known of it without running it.
 *
 * @param path of the archive, relative to the folder of the manifest
 * @param sha256 of the file, in lower-case hex
 * @param bytes size of the file
 * @param sampleShape one input sample, without the batch dimension
 * @param parameters number of trained values
 * @param macs multiply-accumulates for one sample; empty where its code is no graph
 * @param modelBytes parameters and buffers as stored
 * @param peakActivationBytes largest sum of live activations for one sample; grows in proportion to
 *     the batch size; empty where its code is no graph
 * @param lowering how its operators were chosen: plain, rule or tune; empty where others made it
 */
public record Archive(
    String path,
    String sha256,
    long bytes,
    List<Integer> sampleShape,
    long parameters,
    OptionalLong macs,
    long modelBytes,
    OptionalLong peakActivationBytes,
    String lowering) {
  public Archive {
    sampleShape = List.copyOf(sampleShape);
  }

  /** Returns an archive whose code is a graph, so that all is known, and that others made. */
  public Archive(
      String path,
      String sha256,
      long bytes,
      List<Integer> sampleShape,
      long parameters,
      long macs,
      long modelBytes,
      long peakActivationBytes) {
    this(
        path,
        sha256,
        bytes,
        sampleShape,
        parameters,
        OptionalLong.of(macs),
        modelBytes,
        OptionalLong.of(peakActivationBytes),
        "");
  }
}
