package io.edgefrontier.engine;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the file that DJL writes of the engine's profile: Chrome's trace format in shape, filled in
 * line by line from a template. It is no JSON in general, as numbers have the decimal comma of the
 * process's locale and names are not escaped, hence no JSON parser.
 *
 * <p>Events nest by time. A call of a network is an outermost {@code forward} of its thread, maybe
 * with further ones inside it; an operator of the network is an event that nothing but such events
 * contains. What an operator does inside itself and what runs outside of calls is left out.
 */
final class ProfilerTrace {
  private static final long MAX_BYTES = 64L << 20;
  private static final String CALL = "forward";

  // The engine ends an operator before it ends what contains it, and writes it at its end.
  private static final Comparator<Event> OUTER_FIRST =
      Comparator.comparingLong(Event::startNs)
          .thenComparing(Comparator.comparingLong(Event::endNs).reversed())
          .thenComparing(Comparator.comparingInt(Event::position).reversed());

  private final Path file;
  private final Map<String, List<Event>> byThread = new HashMap<>();
  private final Map<String, String> names = new HashMap<>(); // there are few, which events share
  private int lines;

  private ProfilerTrace(Path file) {
    this.file = file;
  }

  /**
   * One event.
   *
   * @param position in the file
   */
  private record Event(String name, long startNs, long endNs, int position) {
    OperatorTime time() {
      return new OperatorTime(name, endNs - startNs);
    }
  }

  /**
   * Returns the operators of each call, in execution order.
   *
   * @throws IOException if the file is larger than 64 MiB or not of the known form; the message
   *     names it and the line
   */
  static List<List<OperatorTime>> read(Path file) throws IOException {
    long bytes = Files.size(file);
    if (bytes > MAX_BYTES) {
      throw new IOException(
          "%s: the engine's profile has %d bytes, expected at most %d; the network makes too many calls"
              .formatted(file, bytes, MAX_BYTES));
    }
    ProfilerTrace trace = new ProfilerTrace(file);
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
      trace.readEvents(reader);
    }
    List<List<OperatorTime>> calls = new ArrayList<>();
    trace.byThread.values().forEach(events -> addCalls(events, calls));
    return calls;
  }

  private void readEvents(BufferedReader reader) throws IOException {
    for (int position = 0; ; position++) {
      String name = value(reader, "name", true);
      if (name == null) {
        return;
      }
      long start = nanoseconds(value(reader, "ts", false));
      long duration = nanoseconds(value(reader, "dur", false));
      String thread = value(reader, "tid", false);
      if (start < 0 || duration < 0 || start + duration < 0) {
        throw unexpected("a negative or huge time", "microseconds");
      }
      String shared = names.computeIfAbsent(name, same -> same);
      byThread
          .computeIfAbsent(thread, key -> new ArrayList<>())
          .add(new Event(shared, start, start + duration, position));
    }
  }

  /** Returns the value of the next line with {@code key}; no other event may begin before it. */
  private String value(BufferedReader reader, String key, boolean mayEnd) throws IOException {
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      lines++;
      String field = line.strip();
      String prefix = "\"" + key + "\": ";
      if (field.startsWith(prefix)) {
        String value = field.substring(prefix.length()).replaceFirst(",$", "");
        return value.startsWith("\"") && value.endsWith("\"") && value.length() > 1
            ? value.substring(1, value.length() - 1)
            : value;
      } else if (!mayEnd && (field.startsWith("{") || field.startsWith("}"))) {
        throw unexpected(field, "\"" + key + "\"");
      }
    }
    if (mayEnd) {
      return null;
    }
    throw unexpected("the end of the file", "\"" + key + "\"");
  }

  private long nanoseconds(String us) throws IOException {
    try {
      return Math.round(Double.parseDouble(us.replace(',', '.')) * 1000);
    } catch (NumberFormatException e) {
      throw unexpected(us, "microseconds such as 12.345");
    }
  }

  private IOException unexpected(String found, String expected) {
    return new IOException(
        "%s: line %d: found %s, expected %s".formatted(file, lines, found, expected));
  }

  private static void addCalls(List<Event> events, List<List<OperatorTime>> calls) {
    events.sort(OUTER_FIRST);
    Deque<Event> open = new ArrayDeque<>();
    int inside = 0; // how many of the open ones are operators
    List<OperatorTime> call = null;
    for (Event event : events) {
      while (!open.isEmpty() && open.peek().endNs() <= event.startNs()) {
        inside -= isCall(open.pop()) ? 0 : 1;
      }
      if (isCall(event) && open.isEmpty()) {
        call = new ArrayList<>();
        calls.add(call);
      } else if (!isCall(event) && inside == 0 && !open.isEmpty()) {
        call.add(event.time());
      }
      open.push(event);
      inside += isCall(event) ? 0 : 1;
    }
  }

  private static boolean isCall(Event event) {
    return event.name().equals(CALL);
  }
}
