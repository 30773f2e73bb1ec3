package io.edgefrontier.lower;

import io.edgefrontier.graph.DType;
import io.edgefrontier.graph.Layer.Conv2d;
import java.util.function.Function;

/**
 * The written cost rule: which kernel computes a layer fastest, as far as its shape tells.
 *
 * <ul>
 *   <li>oneDNN spends about 40 us per call on small convolutions before it computes anything, and
 *       then computes large ones faster than XNNPACK, which has hardly any fixed cost. The two meet
 *       near {@value #ONEDNN_CONV_MACS} multiply-accumulates per call.
 *   <li>XNNPACK computes depthwise convolutions faster at every size.
 *   <li>XNNPACK waits for its second thread a hundred times longer than a layer takes, so that it
 *       is only for one thread.
 *   <li>In 16 bits only oneDNN has kernels with the CPU's 16-bit instructions. A linear layer of
 *       fewer than {@value #ONEDNN_LINEAR_MACS} multiply-accumulates is not worth their fixed cost.
 *   <li>A float32 linear layer of over {@value #XNNPACK_LINEAR_MACS} runs at the speed of memory
 *       whatever computes it, and XNNPACK would keep its weights twice.
 * </ul>
 */
public final class KernelRule implements Function<LayerSite, Kernel> {
  static final long ONEDNN_CONV_MACS = 8_000_000;
  static final long ONEDNN_LINEAR_MACS = 4_000;
  static final long XNNPACK_LINEAR_MACS = 1_000_000;

  private final KernelSupport support;
  private final int threads;

  /**
   * @param support what there is to choose from
   * @param threads that the engine computes with
   */
  public KernelRule(KernelSupport support, int threads) {
    this.support = support;
    this.threads = threads;
  }

  @Override
  public Kernel apply(LayerSite site) {
    Kernel wanted =
        site.layer() instanceof Conv2d conv ? ofConvolution(site, conv) : ofLinear(site);
    return mayUse(wanted, site.dtype()) ? wanted : Kernel.ATEN;
  }

  private Kernel ofConvolution(LayerSite site, Conv2d conv) {
    boolean small = conv.groups() > 1 || site.macs() < ONEDNN_CONV_MACS;
    boolean oneDnn = mayUse(Kernel.ONEDNN, site.dtype());
    return mayUse(Kernel.XNNPACK, site.dtype()) && (small || !oneDnn)
        ? Kernel.XNNPACK
        : Kernel.ONEDNN;
  }

  private static Kernel ofLinear(LayerSite site) {
    if (site.dtype() == DType.FLOAT32) {
      return site.macs() < XNNPACK_LINEAR_MACS ? Kernel.XNNPACK : Kernel.ATEN;
    }
    return site.macs() < ONEDNN_LINEAR_MACS ? Kernel.ATEN : Kernel.ONEDNN;
  }

  /** Returns whether the engine has a kernel and it is fit for its threads. */
  public boolean mayUse(Kernel kernel, DType dtype) {
    return support.has(kernel, dtype) && (kernel != Kernel.XNNPACK || threads == 1);
  }
}
