package io.edgefrontier.dataset;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Holds out a fifth of each class for validation. */
final class StratifiedSplit {
  private static final double VALIDATION_SHARE = 0.2;

  private StratifiedSplit() {}

  /** Splits {@code samples}; both parts come in random order, so that any beginning is mixed. */
  static DataSplit of(String name, Samples samples, long seed) {
    Random random = new Random(seed);
    List<Integer> training = new ArrayList<>();
    List<Integer> validation = new ArrayList<>();
    for (List<Integer> members : byClass(samples)) {
      Collections.shuffle(members, random);
      int heldOut = (int) Math.rint(members.size() * VALIDATION_SHARE);
      validation.addAll(members.subList(0, heldOut));
      training.addAll(members.subList(heldOut, members.size()));
    }
    Collections.shuffle(training, random);
    Collections.shuffle(validation, random);
    return new DataSplit(
        name, samples.select(indices(training)), samples.select(indices(validation)));
  }

  private static List<List<Integer>> byClass(Samples samples) {
    List<List<Integer>> members = new ArrayList<>();
    for (int label = 0; label < samples.classes(); label++) {
      members.add(new ArrayList<>());
    }
    for (int i = 0; i < samples.count(); i++) {
      members.get(samples.label(i)).add(i);
    }
    return members;
  }

  private static int[] indices(List<Integer> list) {
    return list.stream().mapToInt(Integer::intValue).toArray();
  }
}
