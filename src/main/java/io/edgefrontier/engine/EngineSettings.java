package io.edgefrontier.engine;

/** Settings of DJL that hold for the whole process and must stand before the engine starts. */
final class EngineSettings {
  private static final String BUNDLED_NATIVES = "/native/lib/pytorch.properties";

  private EngineSettings() {}

  /**
   * Keeps the engine off the network and on one thread, unless the command line said otherwise.
   * Without natives on the class path (profile natives-auto) DJL may fetch them once.
   *
   * <p>DJL reads these properties once, when its engine class is initialised.
   */
  static void apply() {
    if (EngineSettings.class.getResource(BUNDLED_NATIVES) != null) {
      setDefault("ai.djl.offline", "true");
    }
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
