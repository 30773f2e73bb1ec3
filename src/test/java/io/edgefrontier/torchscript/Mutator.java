package io.edgefrontier.torchscript;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Random damage to bytes and to code. */
final class Mutator {
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z_0-9.]+|[^A-Za-z_0-9.\\s]|\\n *");
  private static final List<String> FRAGMENTS =
      List.of(
          "0",
          "-1",
          "1",
          "9",
          "2147483647",
          "9223372036854775807",
          "99999999999999999999",
          "1e999",
          "inf",
          "nan",
          "(",
          ")",
          "[",
          "]",
          "{",
          "}",
          ",",
          ".",
          ":",
          "=",
          "==",
          "**",
          "//",
          "%",
          "\n",
          "\n  ",
          "\n    ",
          "self",
          "torch",
          "x",
          "forward",
          "None",
          "True",
          "False",
          "[]",
          "(x, )",
          "{}",
          "if x:\n",
          "while True:\n",
          "for i in range(9223372036854775807):\n",
          "break",
          "continue",
          "return ",
          "not ",
          " and ",
          " or ",
          " in ",
          " is ",
          " if x else ",
          "with self:\n",
          "getattr(self, \"sub\")",
          "torch.append(x, x)",
          "torch.mul([1], 99999999)",
          "torch.size(x, 0)",
          "torch.slice(sizes, -9, 9)",
          "ops.prim.rangelist(99999999)",
          "\"",
          "\\",
          "#",
          "_",
          "CONSTANTS.c0",
          "__torch__.",
          "isinstance(x, ",
          "uninitialized(",
          "\0",
          "\t");

  private Mutator() {}

  /** Returns an entry with one to four changes. */
  static byte[] entry(String name, byte[] content, Random random) {
    return name.endsWith(".py") && random.nextInt(8) > 0
        ? code(content, random)
        : bytes(content, random);
  }

  /** Returns bytes with one to four changes. */
  static byte[] bytes(byte[] original, Random random) {
    byte[] bytes = original.clone();
    for (int n = 1 + random.nextInt(4); n > 0 && bytes.length > 0; n--) {
      int at = random.nextInt(bytes.length);
      int length = Math.min(bytes.length - at, 1 + random.nextInt(40));
      switch (random.nextInt(6)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> bytes = Arrays.copyOf(bytes, random.nextInt(8) == 0 ? at : bytes.length - 1);
        case 3 -> bytes = spliced(bytes, at, 0, Arrays.copyOfRange(bytes, at, at + length));
        case 4 -> bytes = spliced(bytes, at, length, new byte[0]);
        default -> {
          int from = random.nextInt(bytes.length);
          int count = Math.min(bytes.length - from, length);
          bytes = spliced(bytes, at, count, Arrays.copyOfRange(bytes, from, from + count));
        }
      }
    }
    return bytes;
  }

  private static byte[] spliced(byte[] bytes, int at, int removed, byte[] added) {
    int end = Math.min(bytes.length, at + removed);
    byte[] result = Arrays.copyOf(bytes, at + added.length + bytes.length - end);
    System.arraycopy(added, 0, result, at, added.length);
    System.arraycopy(bytes, end, result, at + added.length, bytes.length - end);
    return result;
  }

  /** Returns code with one to four tokens replaced, removed, repeated or exchanged. */
  private static byte[] code(byte[] original, Random random) {
    String text = new String(original, StandardCharsets.UTF_8);
    for (int n = 1 + random.nextInt(4); n > 0; n--) {
      List<int[]> tokens = new ArrayList<>();
      Matcher matcher = TOKEN.matcher(text);
      while (matcher.find()) {
        tokens.add(new int[] {matcher.start(), matcher.end()});
      }
      if (tokens.isEmpty()) {
        break;
      }
      int[] token = tokens.get(random.nextInt(tokens.size()));
      int[] other = tokens.get(random.nextInt(tokens.size()));
      String replacement =
          switch (random.nextInt(4)) {
            case 0 -> "";
            case 1 -> text.substring(other[0], other[1]);
            case 2 -> text.substring(token[0], token[1]).repeat(2);
            default -> FRAGMENTS.get(random.nextInt(FRAGMENTS.size()));
          };
      text = text.substring(0, token[0]) + replacement + text.substring(token[1]);
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
