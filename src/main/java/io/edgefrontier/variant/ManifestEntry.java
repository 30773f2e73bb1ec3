package io.edgefrontier.variant;

import java.util.Optional;

/**
 * One row of variants.csv: a variant and its archive, or why there is none.
 *
 * @param archive empty exactly when {@code error} is not
 * @param error empty, or why the variant could not be made
 * @param divergence from the network that it was made of
 */
public record ManifestEntry(
    Variant variant, Optional<Archive> archive, String error, Divergence divergence) {
  public ManifestEntry {
    if (archive.isEmpty() == error.isEmpty()) {
      throw new IllegalArgumentException(
          variant.id() + ": a manifest entry has either an archive or an error");
    }
  }

  /** Returns the entry of a variant that was made, and not compared with anything. */
  public static ManifestEntry made(Variant variant, Archive archive) {
    return made(variant, archive, Divergence.ABSENT);
  }

  /** Returns the entry of a variant that was made. */
  public static ManifestEntry made(Variant variant, Archive archive, Divergence divergence) {
    return new ManifestEntry(variant, Optional.of(archive), "", divergence);
  }

  /** Returns the entry of a variant that could not be made. */
  public static ManifestEntry failed(Variant variant, String error) {
    return new ManifestEntry(variant, Optional.empty(), error, Divergence.ABSENT);
  }
}
