package io.edgefrontier.measure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The commit that a folder is checked out at.
 *
 * @param commit in full
 * @param dirty whether a tracked file differs from it; new files do not count, since a run itself
 *     makes some
 */
public record SourceRevision(String commit, boolean dirty) {
  private static final long GIT_TIMEOUT_SECONDS = 10;

  /** Returns the revision of a folder; empty if it is in no repository or git is not there. */
  public static Optional<SourceRevision> of(Path folder) {
    Optional<String> commit = git(folder, "rev-parse", "HEAD");
    Optional<String> changes = git(folder, "status", "--porcelain", "--untracked-files=no");
    return commit.flatMap(
        hash -> changes.map(text -> new SourceRevision(hash.strip(), !text.isBlank())));
  }

  private static Optional<String> git(Path folder, String... arguments) {
    ProcessBuilder builder = new ProcessBuilder("git", "-C", folder.toString());
    builder.command().addAll(List.of(arguments));
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    try {
      Process process = builder.start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      boolean ended = process.waitFor(GIT_TIMEOUT_SECONDS, TimeUnit.SECONDS);
      return ended && process.exitValue() == 0 ? Optional.of(output) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // there is no git: as absent as a repository
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
