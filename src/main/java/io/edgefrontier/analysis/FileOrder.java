package io.edgefrontier.analysis;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;

/**
 * Values in the order of their file, each found by a key that it holds itself and that no other
 * has. Files that belong together mostly have the same order, so the value behind the one found
 * last is tried first. As long as keys ascend, as in a table made level by level, they are searched
 * by halves: a hash table of a million entries lies outside every cache. From the first key that
 * does not ascend there is one, without an object per entry, so that it stays cheap to collect.
 */
final class FileOrder<K extends Comparable<K>, V> {
  private static final int GOLDEN_RATIO = 0x9E3779B9; // spreads what hashes have in common

  private final Function<V, K> key;
  private final List<V> values = new ArrayList<>();
  private final BitSet marked = new BitSet();

  /**
   * Hash above, place in {@code values} plus 1 below; 0 is free. Never more than half full; empty
   * while keys ascend.
   */
  private long[] slots = new long[0];

  private int next;

  FileOrder(Function<V, K> key) {
    this.key = key;
  }

  /** Returns the place of the value with this key, or -1. */
  int place(K wanted) {
    if (next < values.size() && key.apply(values.get(next)).equals(wanted)) {
      return next++;
    }
    int place = ascends() ? search(wanted) : (int) slots[slot(wanted)] - 1;
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
    K added = key.apply(value);
    boolean ascends = ascends() && isBehindAll(added);
    values.add(value);
    if (ascends) {
      return;
    }
    if (2 * values.size() > slots.length) {
      fill(Math.max(4 * Integer.highestOneBit(values.size()), 1 << 10));
    } else {
      slots[slot(added)] = entry(added, values.size());
    }
  }

  private boolean ascends() {
    return slots.length == 0;
  }

  private boolean isBehindAll(K wanted) {
    return values.isEmpty() || wanted.compareTo(key.apply(values.get(values.size() - 1))) > 0;
  }

  /** Returns the place of a key among keys that ascend, or -1. */
  private int search(K wanted) {
    int low = isBehindAll(wanted) ? values.size() : 0;
    int high = values.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = key.apply(values.get(middle)).compareTo(wanted);
      if (order == 0) {
        return middle;
      }
      low = order < 0 ? middle + 1 : low;
      high = order > 0 ? middle - 1 : high;
    }
    return -1;
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

  private static long entry(Object key, int number) {
    return ((long) key.hashCode() << Integer.SIZE) | number;
  }

  private void fill(int size) {
    slots = new long[size];
    for (int i = 0; i < values.size(); i++) {
      K held = key.apply(values.get(i));
      slots[slot(held)] = entry(held, i + 1);
    }
  }
}
