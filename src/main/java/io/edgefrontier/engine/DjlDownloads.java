package io.edgefrontier.engine;

import ai.djl.Application.CV;
import ai.djl.repository.Artifact;
import ai.djl.repository.MRL;
import ai.djl.repository.RemoteRepository;
import ai.djl.repository.Repository;
import io.edgefrontier.dataset.Downloads;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** DJL's own datasets: DJL downloads them once, checks them, and keeps them in its cache. */
public final class DjlDownloads implements Downloads {
  private static final String LOCATION = "https://mlrepo.djl.ai/";
  private static final String GROUP = "ai.djl.basicdataset";
  private static final String VERSION = "1.0";
  private static final String OFFLINE = "ai.djl.offline";

  private final Repository repository;

  /** Downloads from where DJL keeps its datasets. */
  public DjlDownloads() {
    this.repository = new RemoteRepository("datasets", URI.create(LOCATION));
  }

  /** Downloads from {@code location} into a cache of its own. */
  DjlDownloads(String location, Path cache) {
    this.repository =
        new RemoteRepository("datasets", URI.create(location)) {
          @Override
          public Path getCacheDirectory() {
            return cache;
          }
        };
  }

  @Override
  public Map<String, Path> files(String dataset) throws IOException {
    MRL resource = repository.dataset(CV.ANY, GROUP, dataset, VERSION);
    try {
      return files(resource);
    } catch (IOException | RuntimeException e) { // its JSON may be anything
      try {
        return cached(resource);
      } catch (IOException | RuntimeException notCached) {
        e.addSuppressed(notCached);
        throw new IOException(
            ("DJL's dataset '%s' is not in its cache (%s) and cannot be downloaded from %s (%s); try"
                    + " again with a network, or bring files of your own: idx:DIR, images:DIR,"
                    + " npz:FILE or csv:FILE")
                .formatted(dataset, repository.getCacheDirectory(), repository.getBaseUri(), e),
            e);
      }
    }
  }

  /** DJL asks once a day whether a dataset has changed, and fails without a network if it may. */
  private static Map<String, Path> cached(MRL resource) throws IOException {
    String before = System.getProperty(OFFLINE);
    System.setProperty(OFFLINE, "true");
    try {
      return files(resource);
    } finally {
      if (before == null) {
        System.clearProperty(OFFLINE);
      } else {
        System.setProperty(OFFLINE, before);
      }
    }
  }

  private static Map<String, Path> files(MRL resource) throws IOException {
    Artifact artifact = resource.getDefaultArtifact();
    if (artifact == null) {
      throw new IOException("no version " + VERSION + " there");
    }
    resource.prepare(artifact);
    Map<String, Path> files = new LinkedHashMap<>();
    for (Map.Entry<String, Artifact.Item> item : artifact.getFiles().entrySet()) {
      files.put(item.getKey(), resource.getRepository().getFile(item.getValue(), ""));
    }
    return files;
  }
}
