package io.edgefrontier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Holds the code against the package table of the README. */
class PackageDagTest {
  private static final String ROOT = "io.edgefrontier.";

  /** Every package with those that it may import; each stands after all that it names. */
  private static final Map<String, Set<String>> MAY_IMPORT =
      Map.ofEntries(
          Map.entry("graph", Set.of()),
          Map.entry("variant", Set.of()),
          Map.entry("energy", Set.of()),
          Map.entry("torchscript", Set.of("graph")),
          Map.entry("network", Set.of("graph")),
          Map.entry("prune", Set.of("graph")),
          Map.entry("lower", Set.of("graph", "variant")),
          Map.entry("dataset", Set.of("graph")),
          Map.entry("engine", Set.of("dataset", "graph")),
          Map.entry(
              "prepare",
              Set.of(
                  "graph",
                  "variant",
                  "torchscript",
                  "network",
                  "prune",
                  "lower",
                  "dataset",
                  "engine",
                  "result")),
          Map.entry("inspect", Set.of("graph", "variant", "prune", "lower")),
          Map.entry("result", Set.of("variant")),
          Map.entry("measure", Set.of("engine", "dataset", "energy", "graph", "variant", "result")),
          Map.entry(
              "bench",
              Set.of(
                  "graph",
                  "variant",
                  "torchscript",
                  "network",
                  "lower",
                  "dataset",
                  "engine",
                  "prepare",
                  "energy",
                  "measure",
                  "result")),
          Map.entry("sweep", Set.of("analysis", "energy", "result", "variant", "measure")),
          Map.entry("analysis", Set.of("energy", "result", "variant")),
          Map.entry("track", Set.of("analysis", "measure", "result", "variant")),
          Map.entry("report", Set.of("analysis", "result", "track", "variant")),
          Map.entry("page", Set.of("analysis", "report", "result", "track", "variant")),
          Map.entry("publish", Set.of("analysis", "report", "result", "track", "variant")),
          Map.entry(
              "config",
              Set.of(
                  "analysis", "dataset", "energy", "graph", "lower", "prune", "result", "variant")),
          Map.entry(
              "cli",
              Set.of(
                  "graph",
                  "variant",
                  "torchscript",
                  "network",
                  "prune",
                  "lower",
                  "dataset",
                  "engine",
                  "prepare",
                  "inspect",
                  "result",
                  "measure",
                  "sweep",
                  "energy",
                  "analysis",
                  "report",
                  "page",
                  "publish",
                  "track",
                  "config")));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.edgefrontier");

  @Test
  void importsOnlyWhatThePackageTableAllows() {
    Set<String> breaches = new TreeSet<>();
    for (JavaClass from : CLASSES) {
      for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
        String target = layer(dependency.getTargetClass());
        String source = layer(from);
        if (!target.isEmpty()
            && !target.equals(source)
            && !MAY_IMPORT.getOrDefault(source, Set.of()).contains(target)) {
          breaches.add(source + " -> " + target + ": " + dependency.getDescription());
        }
      }
    }
    assertTrue(breaches.isEmpty(), () -> String.join("\n", breaches));
  }

  @Test
  void knowsEveryPackage() {
    Set<String> found = new TreeSet<>();
    CLASSES.forEach(type -> found.add(layer(type)));
    assertEquals(new TreeSet<>(MAY_IMPORT.keySet()), found);
  }

  @Test
  void hasNoCycle() {
    Set<String> settled = new TreeSet<>();
    boolean grew = true;
    while (grew) {
      grew = false;
      for (Map.Entry<String, Set<String>> entry : MAY_IMPORT.entrySet()) {
        if (settled.containsAll(entry.getValue())) {
          grew |= settled.add(entry.getKey());
        }
      }
    }
    assertEquals(MAY_IMPORT.keySet(), settled, "packages left over import each other in a circle");
  }

  @Test
  void importsTheEngineInOnePackageOnly() {
    Set<String> importers = new TreeSet<>();
    for (JavaClass from : CLASSES) {
      boolean touchesEngine =
          from.getDirectDependenciesFromSelf().stream()
              .anyMatch(d -> d.getTargetClass().getPackageName().startsWith("ai.djl"));
      if (touchesEngine) {
        importers.add(layer(from));
      }
    }
    assertEquals(Set.of("engine"), importers);
  }

  /** Returns the first package below the root, or "" for a class of another project. */
  private static String layer(JavaClass type) {
    String name = type.getPackageName() + ".";
    return name.startsWith(ROOT) && name.length() > ROOT.length()
        ? name.substring(ROOT.length(), name.indexOf('.', ROOT.length()))
        : "";
  }
}
