package io.edgefrontier.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

class BilinearResizeTest {

  // torch.nn.functional.interpolate(torch.tensor([[[[0., 4.], [8., 16.]]]]), size=(4, 4),
  //     mode="bilinear", align_corners=False)
  @Test
  void placesSamplesLikePyTorch() {
    float[] scaled = new float[16];
    new BilinearResize(2, 2, 4, 4).resize(new float[] {0, 4, 8, 16}, scaled, 0);
    assertArrayEquals(
        new float[] {0, 1, 3, 4, 2, 3.25f, 5.75f, 7, 6, 7.75f, 11.25f, 13, 8, 10, 14, 16},
        scaled,
        1e-6f);
  }

  @Test
  void keepsAnImageOfTheSameSize() {
    float[] image = {3, 1, 4, 1, 5, 9};
    float[] scaled = new float[6];
    new BilinearResize(2, 3, 2, 3).resize(image, scaled, 0);
    assertArrayEquals(image, scaled);
  }
}
