package io.edgefrontier.measure;

import io.edgefrontier.engine.EngineFacts;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.openjdk.jmh.util.Version;

/**
 * What runs the networks and measures them.
 *
 * @param vmFlags this JVM's flags that start with {@code -X}; forks inherit them
 */
public record Software(
    String jdkVendor,
    String jdkVersion,
    String vm,
    List<String> vmFlags,
    EngineFacts engine,
    String jmhVersion) {
  public Software {
    vmFlags = List.copyOf(vmFlags);
  }

  /** Returns this process's software; starts the engine if it was not. */
  public static Software capture() {
    return new Software(
        System.getProperty("java.vendor"),
        System.getProperty("java.runtime.version"),
        System.getProperty("java.vm.name"),
        // Not the properties: they may hold anything, even what is nobody's business.
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(flag -> flag.startsWith("-X"))
            .toList(),
        EngineFacts.read(),
        Version.getPlainVersion());
  }
}
