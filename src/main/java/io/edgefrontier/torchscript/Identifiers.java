package io.edgefrontier.torchscript;

import java.util.HashSet;
import java.util.Set;

/** Gives out identifiers that are valid in TorchScript code, each once. */
final class Identifiers {
  private static final Set<String> RESERVED =
      Set.of(
          ("and as assert async await break class continue def del elif else except finally for"
                  + " from global if import in is lambda nonlocal not or pass raise return try"
                  + " while with yield True False None inf nan torch ops self state forward"
                  + " training annotate getattr int float bool print CONSTANTS")
              .split(" "));

  private final Set<String> taken = new HashSet<>(RESERVED);

  /** Returns {@code name} with other characters replaced, and a number if that is taken. */
  String unique(String name) {
    String base = name.replaceAll("[^A-Za-z0-9_]", "_");
    // Two leading underscores would be one of Python's or TorchScript's own names.
    if (Character.isDigit(base.charAt(0)) || base.startsWith("__")) {
      base = "v" + base;
    }
    String candidate = base;
    for (int i = 1; !taken.add(candidate); i++) {
      candidate = base + "_" + i;
    }
    return candidate;
  }
}
