package io.edgefrontier.publish;

/** Stands in for the format until it is written. */
final class JsonTable {
  private JsonTable() {}

  static String of(PublishedTable table) {
    return table.toString();
  }
}
