package io.edgefrontier.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.edgefrontier.dataset.DataSplit;
import io.edgefrontier.dataset.DatasetRequest;
import io.edgefrontier.dataset.DatasetSource;
import io.edgefrontier.dataset.ImageTransform;
import io.edgefrontier.dataset.Samples;
import io.edgefrontier.graph.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** DJL's datasets, from a server of this test's own that looks like DJL's. */
class DjlDownloadsTest {
  private final Map<String, byte[]> served = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  @TempDir private Path cache;
  private HttpServer server;
  private String location;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          asked.add(path);
          byte[] body = served.get(path);
          exchange.sendResponseHeaders(body == null ? 404 : 200, body == null ? -1 : body.length);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(body == null ? new byte[0] : body);
          }
        });
    server.start();
    location = "http://localhost:%d/".formatted(server.getAddress().getPort());
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void readsFashionMnistOnceItIsDownloadedAndThenFromTheCache() throws Exception {
    serve(
        "fashmnist",
        Map.of(
            "train_data", images(0, 255, 51, 102),
            "train_labels", labels(3),
            "test_data", images(255, 0, 0, 0),
            "test_labels", labels(9)),
        false);
    DataSplit data = load("fashion-mnist", ImageTransform.DEFAULT);
    assertEquals(Shape.of(1, 2, 2), data.training().shape());
    assertEquals(3, data.training().label(0));
    assertEquals(9, data.validation().label(0));
    assertValues(data.training(), -1, 1, -0.6, -0.2);
    assertValues(data.validation(), 1, -1, -1, -1);
    int requests = asked.size();
    server.stop(0);
    assertValues(load("Fashion-MNIST", ImageTransform.DEFAULT).training(), -1, 1, -0.6, -0.2);
    assertEquals(5, requests, "metadata and four files, once");
  }

  @Test
  void anOldCacheServesWithoutANetwork() throws Exception {
    String offline = System.getProperty("ai.djl.offline");
    serve(
        "mnist",
        Map.of(
            "train_data", images(0, 0, 0, 0),
            "train_labels", labels(1),
            "test_data", images(0, 0, 0, 0),
            "test_labels", labels(2)),
        false);
    load("mnist", ImageTransform.DEFAULT);
    Path metadata = cache.resolve("dataset/cv/ai/djl/basicdataset/mnist/metadata.json");
    String text = Files.readString(metadata);
    String old =
        text.replaceAll(
            "\"lastUpdated\": \"[^\"]*\"", "\"lastUpdated\": \"2020-01-01T01:00:00.000Z\"");
    assertFalse(old.equals(text), text);
    Files.writeString(metadata, old);
    server.stop(0);
    assertEquals(2, load("mnist", ImageTransform.DEFAULT).validation().label(0));
    assertEquals(offline, System.getProperty("ai.djl.offline"), "as it was");
  }

  @Test
  void readsCifarImagesWithTheNormalisationThatIsAskedFor() throws Exception {
    byte[] image = new byte[1 + 3 * 1024];
    image[0] = 7;
    image[1] = (byte) 255; // red, upper left
    image[1 + 1024] = 51; // green
    image[1 + 2048] = 102; // blue
    byte[] two = ByteBuffer.allocate(2 * image.length).put(image).put(image).array();
    serve("cifar10", Map.of("data_batch.bin", two, "test_batch.bin", image), false);
    ImageTransform transform =
        new ImageTransform(
            OptionalInt.empty(),
            OptionalInt.empty(),
            List.of(0.5f, 0.1f, 0.2f),
            List.of(0.5f, 0.1f, 0.4f));
    DataSplit data = load("cifar10", transform);
    assertEquals(Shape.of(3, 32, 32), data.training().shape());
    assertEquals(2, data.training().count());
    assertEquals(1, data.validation().count());
    assertEquals(10, data.validation().classes());
    assertEquals(7, data.validation().label(0));
    float[] values = data.training().values(1, 2);
    assertEquals(1, values[0], 1e-6);
    assertEquals(1, values[1024], 1e-6);
    assertEquals(0.5, values[2048], 1e-6);
    assertEquals(-1, values[1], 1e-6);
  }

  @Test
  void withoutCacheAndNetworkTheErrorSaysWhatToDo() {
    server.stop(0);
    var error = assertThrows(IOException.class, () -> load("cifar10", ImageTransform.DEFAULT));
    String message = error.getMessage();
    assertTrue(
        message.startsWith(
            "DJL's dataset 'cifar10' is not in its cache (%s) and cannot be downloaded from %s ("
                .formatted(cache, location)),
        message);
    assertTrue(
        message.endsWith(
            "); try again with a network, or bring files of your own: idx:DIR, images:DIR, npz:FILE"
                + " or csv:FILE"),
        message);
  }

  @Test
  void aDamagedDownloadIsNotKept() throws Exception {
    serve(
        "cifar10",
        Map.of("data_batch.bin", new byte[3073], "test_batch.bin", new byte[3073]),
        true);
    var error = assertThrows(IOException.class, () -> load("cifar10", ImageTransform.DEFAULT));
    assertTrue(error.getMessage().contains("Checksum error"), error.getMessage());
    serve(
        "cifar10", Map.of("data_batch.bin", new byte[3073], "test_batch.bin", new byte[99]), false);
    Files.delete(cache.resolve("dataset/cv/ai/djl/basicdataset/cifar10/metadata.json"));
    error = assertThrows(IOException.class, () -> load("cifar10", ImageTransform.DEFAULT));
    assertTrue(error.getMessage().contains("99 bytes, expected 3073"), error.getMessage());
  }

  private DataSplit load(String name, ImageTransform transform) throws IOException {
    return DatasetSource.load(
        new DatasetRequest(name, Optional.empty(), transform, 7),
        new DjlDownloads(location, cache));
  }

  private static void assertValues(Samples samples, double... expected) throws IOException {
    float[] values = samples.values(0, 1);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], values[i], 1e-6);
    }
  }

  /** Serves a dataset, gzipped as DJL's server has them. */
  private void serve(String dataset, Map<String, byte[]> files, boolean wrongChecksum)
      throws Exception {
    String folder = "/dataset/cv/ai/djl/basicdataset/" + dataset;
    Map<String, String> items = new TreeMap<>();
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
        out.write(file.getValue());
      }
      byte[] hash = MessageDigest.getInstance("SHA-1").digest(packed.toByteArray());
      if (wrongChecksum) {
        hash[0] ^= 1;
      }
      String path = folder + "/" + file.getKey() + ".gz";
      served.put(path, packed.toByteArray());
      items.put(
          file.getKey(),
          "{\"uri\": \"%s\", \"sha1Hash\": \"%s\", \"size\": %d}"
              .formatted(
                  location + path.substring(1), HexFormat.of().formatHex(hash), packed.size()));
    }
    String metadata =
        """
        {"metadataVersion": "0.2", "resourceType": "dataset", "application": "cv",
         "groupId": "ai.djl.basicdataset", "artifactId": "%s", "name": "any",
         "artifacts": [{"version": "1.0", "snapshot": false, "files": {%s}}]}"""
            .formatted(
                dataset,
                items.entrySet().stream()
                    .map(item -> "\"" + item.getKey() + "\": " + item.getValue())
                    .collect(Collectors.joining(", ")));
    served.put(folder + "/metadata.json", metadata.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] images(int... pixels) {
    ByteBuffer file = ByteBuffer.allocate(16 + pixels.length);
    file.putInt(0x803).putInt(1).putInt(2).putInt(2);
    for (int pixel : pixels) {
      file.put((byte) pixel);
    }
    return file.array();
  }

  private static byte[] labels(int label) {
    return ByteBuffer.allocate(9).putInt(0x801).putInt(1).put((byte) label).array();
  }
}
