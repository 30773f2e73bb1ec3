package io.edgefrontier.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgefrontier.torchscript.TorchScriptWriter;
import io.edgefrontier.variant.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferenceArchiveTest {
  @TempDir private Path folder;

  // Ratios of different versions are comparable only while these bytes stay.
  @Test
  void neverChanges() throws IOException {
    Path copy = Files.write(folder.resolve("reference.pt"), embedded());

    assertEquals(
        "c1d589aabbcb1682b20efec1afad851732b7c9528e4638b511ae49774262ffc7", Sha256.of(copy));
  }

  @Test
  void isWhatTheWriterMakesOfItsNetwork() throws IOException {
    Path written = folder.resolve("written.pt");
    TorchScriptWriter.write(ReferenceNetwork.create(), written);

    assertArrayEquals(embedded(), Files.readAllBytes(written));
  }

  @Test
  void fitsASecondLevelCacheOf512KiB() {
    long bytes =
        ReferenceNetwork.create().storedBytes() + ReferenceNetwork.create().peakActivationBytes(1);
    assertTrue(bytes < 384 * 1024, bytes + " bytes");
  }

  @Test
  void leavesNoFileBehind() throws IOException {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    try (ReferenceArchive reference = ReferenceArchive.open()) {
      assertEquals(1, reference.forward());
      try (var files = Files.newDirectoryStream(temporary, "edge-frontier-reference*")) {
        files.forEach(file -> assertEquals("", file.toString()));
      }
    }
  }

  private static byte[] embedded() throws IOException {
    try (InputStream resource = ReferenceArchive.class.getResourceAsStream("reference.pt")) {
      return resource.readAllBytes();
    }
  }
}
