package io.edgefrontier.engine;

/** Settings of DJL that hold for the whole process and must stand before the engine starts. */
final class EngineSettings {
  private EngineSettings() {}

  /**
   * Keeps the engine off the network and on one thread, unless the command line said otherwise.
   *
   * <p>DJL reads these properties once, when its engine class is initialised.
   */
  static void apply() {
    setDefault("ai.djl.offline", "true");
    setDefault("OPT_OUT_TRACKING", "true");
    setDefault("ai.djl.pytorch.num_threads", "1");
    setDefault("ai.djl.pytorch.num_interop_threads", "1");
  }

  private static void setDefault(String key, String value) {
    if (System.getProperty(key) == null) {
      System.setProperty(key, value);
    }
  }
}
