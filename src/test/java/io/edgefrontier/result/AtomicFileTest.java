package io.edgefrontier.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir Path folder;

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  @Test
  void makesFoldersAndReplacesFiles() throws IOException {
    Path target = folder.resolve("a/b/c.txt");
    AtomicFile.writeText(target, writer -> writer.append("old"));
    AtomicFile.writeText(target, writer -> writer.append("grüße"));
    assertEquals("grüße", Files.readString(target));
  }

  @Test
  void leavesTheOldFileWhenWritingFails() throws IOException {
    Path target = Files.writeString(folder.resolve("c.txt"), "old");
    IOException error =
        assertThrows(
            IOException.class,
            () ->
                AtomicFile.writeText(
                    target,
                    writer -> {
                      writer.append("half");
                      throw new IOException("disk full");
                    }));
    assertEquals("disk full", error.getMessage());
    assertEquals("old", Files.readString(target));
    assertEquals(List.of("c.txt"), files());
  }

  @Test
  void refusesAFolder() {
    IOException error =
        assertThrows(IOException.class, () -> AtomicFile.writeText(folder, writer -> {}));
    assertEquals(
        folder + ": is a folder, expected the name of a file to write", error.getMessage());
  }

  @Test
  void writesSeveralFiles() throws IOException {
    Path first = Files.writeString(folder.resolve("a.txt"), "old");
    Path second = folder.resolve("b.txt");

    AtomicFile.writeTexts(Map.of(first, "new", second, "grüße"));

    assertEquals("new", Files.readString(first));
    assertEquals("grüße", Files.readString(second));
    assertEquals(Set.of("a.txt", "b.txt"), Set.copyOf(files()));
  }

  @Test
  void replacesNoFileWhereOneCannotBeWritten() throws IOException {
    Path first = Files.writeString(folder.resolve("a.txt"), "old");
    Path below = first.resolve("b.txt"); // below a file
    Map<Path, String> texts = new LinkedHashMap<>();
    texts.put(first, "new");
    texts.put(below, "new");

    assertThrows(IOException.class, () -> AtomicFile.writeTexts(texts));

    assertEquals("old", Files.readString(first));
    assertEquals(List.of("a.txt"), files());
  }
}
