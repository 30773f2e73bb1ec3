package io.edgefrontier.engine;

import ai.djl.engine.Engine;
import ai.djl.pytorch.engine.PtEngine;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.LibUtils;
import java.util.List;

/**
 * What runs the networks, for the record of a measurement.
 *
 * @param djlVersion version of DJL's API
 * @param libtorchVersion version of the native library
 * @param threads threads inside an operator
 * @param interopThreads threads between operators
 * @param nativesPath folder of the native libraries, whose name says the flavour, such as {@code
 *     ~/.djl.ai/pytorch/2.7.1-cpu-linux-x86_64}; the user's home is written as ~, as records get
 *     published
 * @param features what libtorch was built with, such as MKLDNN, in alphabetical order
 */
public record EngineFacts(
    String djlVersion,
    String libtorchVersion,
    int threads,
    int interopThreads,
    String nativesPath,
    List<String> features) {
  public EngineFacts {
    features = List.copyOf(features);
  }

  /** Returns the facts of this process's engine, which is started if it was not. */
  public static EngineFacts read() {
    EngineSettings.apply();
    Engine engine = Engine.getEngine(PtEngine.ENGINE_NAME);
    return new EngineFacts(
        Engine.getDjlVersion(),
        engine.getVersion(),
        JniUtils.getNumThreads(),
        JniUtils.getNumInteropThreads(),
        withoutHome(LibUtils.getLibtorchPath()),
        JniUtils.getFeatures().stream().sorted().toList());
  }

  private static String withoutHome(String path) {
    String home = System.getProperty("user.home");
    return !home.isEmpty() && path.startsWith(home) ? "~" + path.substring(home.length()) : path;
  }
}
