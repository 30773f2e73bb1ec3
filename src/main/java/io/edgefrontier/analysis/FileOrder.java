package io.edgefrontier.analysis;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;

/**
 * Values in the order of their file, each found by a key that it holds itself and that no other
 * has. A hash table without an object per entry, so that a million entries stay cheap to collect;
 * and since files that belong together mostly have the same order, the value behind the one found
 * last is tried before any hash.
 */
final class FileOrder<K, V> {
  private static final int GOLDEN_RATIO = 0x9E3779B9; // spreads what hashes have in common

  private final Function<V, K> key;
  private final List<V> values = new ArrayList<>();
  private final BitSet marked = new BitSet();

  /** Hash above, place in {@code values} plus 1 below; 0 is free. Never more than half full. */
  private long[] slots = new long[1 << 10];

  private int next;

  FileOrder(Function<V, K> key) {
    this.key = key;
  }

  /** Returns the place of the value with this key, or -1. */
  int place(K wanted) {
    if (next < values.size() && key.apply(values.get(next)).equals(wanted)) {
      return next++;
    }
    int place = (int) slots[slot(wanted)] - 1;
    if (place >= 0) {
      next = place + 1;
    }
    return place;
  }

  V get(int place) {
    return values.get(place);
  }

  /** Marks a place, and returns whether it was marked before. */
  boolean mark(int place) {
    boolean before = marked.get(place);
    marked.set(place);
    return before;
  }

  /** Adds a value whose key is new. */
  void add(V value) {
    values.add(value);
    K added = key.apply(value);
    slots[slot(added)] = ((long) added.hashCode() << Integer.SIZE) | values.size();
    if (2 * values.size() > slots.length) {
      grow();
    }
  }

  /** Returns the values without a mark, in file order. */
  List<V> unmarked() {
    List<V> rest = new ArrayList<>();
    for (int i = marked.nextClearBit(0); i < values.size(); i = marked.nextClearBit(i + 1)) {
      rest.add(values.get(i));
    }
    return rest;
  }

  /** Returns the slot of a key, or the one where it would go. */
  private int slot(K wanted) {
    int hash = wanted.hashCode();
    int slot = first(hash);
    while (slots[slot] != 0 && !holds(slots[slot], hash, wanted)) {
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  }

  private boolean holds(long slot, int hash, K wanted) {
    return (int) (slot >>> Integer.SIZE) == hash
        && key.apply(values.get((int) slot - 1)).equals(wanted);
  }

  private int first(int hash) {
    return (hash * GOLDEN_RATIO) >>> Integer.numberOfLeadingZeros(slots.length - 1);
  }

  private void grow() {
    long[] full = slots;
    slots = new long[2 * full.length];
    for (long entry : full) {
      if (entry != 0) {
        int slot = first((int) (entry >>> Integer.SIZE));
        while (slots[slot] != 0) {
          slot = (slot + 1) & (slots.length - 1);
        }
        slots[slot] = entry;
      }
    }
  }
}
