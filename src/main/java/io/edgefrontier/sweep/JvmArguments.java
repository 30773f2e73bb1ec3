package io.edgefrontier.sweep;

import java.util.List;
import java.util.Optional;

/**
 * The user's JVM arguments for forks, in JMH's three places.
 *
 * @param prepend before the others ({@code -jvmArgsPrepend})
 * @param instead in place of this JVM's own arguments, which forks get otherwise ({@code -jvmArgs})
 * @param append after the others ({@code -jvmArgsAppend})
 */
public record JvmArguments(
    List<String> prepend, Optional<List<String>> instead, List<String> append) {
  /** Forks get this JVM's own arguments. */
  public static final JvmArguments INHERITED =
      new JvmArguments(List.of(), Optional.empty(), List.of());

  public JvmArguments {
    prepend = List.copyOf(prepend);
    instead = instead.map(List::copyOf);
    append = List.copyOf(append);
  }
}
