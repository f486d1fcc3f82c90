package dev.vitrine.xai;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.autodiff.Var;
import dev.vitrine.nn.Model;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.gradient.SmoothGrad;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A method of one's own takes twenty lines, and everything else of the module works with it. */
class ShortExplainerTest {

  /** SIGN: a = sign(x − μ)·df/dx, where the sign of 0 is + (Gumpfer et al. 2023). */
  record GradientXSign(float middle) implements Expression {
    @Override
    public String name() {
      return "GradientXSign";
    }

    @Override
    public Map<String, String> settings() {
      return Map.of("middle", String.valueOf(middle));
    }

    @Override
    public Var on(Recording r) {
      Var below = r.x().affine(-1, middle).step();
      return below.affine(-2, 1).mul(r.gradient(Place.input()));
    }
  }

  @Test
  void itIsExplainedByHand() {
    try (Subject s = Nets.subject(x -> x.linear(Nets.matrix(x, 4, 1, 3, 3, -5, 7), null))) {
      Tensor x = Nets.row(2, -2, 0, -1);
      Attribution a = new GradientXSign(0).explain(s, x, Target.of(0));
      assertArrayEquals(new float[] {3, -3, -5, -7}, a.values().toFloats());
      Attribution b = new GradientXSign(1).explain(s, x, Target.of(0));
      assertArrayEquals(new float[] {3, -3, 5, -7}, b.values().toFloats());
    }
  }

  @Test
  void itHasWhatAllExplainersHave() {
    Tensor x = Nets.normal(5, 4, 8, 8, 1);
    try (Model m = Nets.images();
        Subject s = Subject.of(m, Nets.SCALAR)) {
      var sign = new GradientXSign(0);
      Target t = Target.of(1, 0, 2, 2).probability();
      Attribution all = sign.explain(s, x, t);
      for (int r = 0; r < 4; r++) {
        Target own = Target.of(all.classes()[r]).probability();
        Attribution one = sign.explain(s, x.rows(r, r + 1), own);
        assertArrayEquals(one.values().toFloats(), all.row(r).toFloats());
      }
      assertEquals("GradientXSign", all.provenance().method());
      assertEquals("0.0", all.provenance().settings().get("middle"));
      assertEquals(m.hash(), all.provenance().model());

      Attribution smooth = new SmoothGrad(sign).samples(3).explain(s, x, t);
      assertEquals(x.shape(), smooth.values().shape());
      assertEquals("SmoothGrad(GradientXSign)", smooth.provenance().method());
    }
  }

  @Test
  void thePageOfTheModuleShowsThisVeryCode() throws IOException {
    String page = Files.readString(Path.of("README.md"));
    String source =
        Files.readString(Path.of("src/test/java/dev/vitrine/xai/ShortExplainerTest.java"));
    int from = page.indexOf("/** SIGN:");
    String shown = page.substring(from, page.indexOf("```", from));
    assertTrue(plain(source).contains(plain(shown)), shown);
  }

  private static String plain(String code) {
    return code.replaceAll("\\s+", " ");
  }
}
