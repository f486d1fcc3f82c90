package dev.vitrine.bench.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class FormulasTest {
  /** With ⟦…⟧ around what was set, {a over b} for fractions, and no other tags. */
  private static String set(String html) {
    return Formulas.inHtml(html)
        .replaceAll("<math[^>]*>", "⟦")
        .replace("</math>", "⟧")
        .replace("<mfrac>", "{")
        .replace("</mfrac>", "}")
        .replaceAll("</?m[a-z]+[^>]*>", "");
  }

  @Test
  void formulasAreFoundInProse() {
    assertEquals("⟦y={11+e−x}⟧; ⟦{dydx}=y(1−y)⟧.", set("y = 1/(1 + e⁻ˣ); dy/dx = y(1 − y)."));
    assertEquals(
        "⟦y={x−meanvar+ε}·γ+β⟧ per channel (last axis)",
        set("y = (x − mean)/√(var + ε)·γ + β per channel (last axis)"));
    assertEquals(
        "⟦a=(x−b)·∫01∇f(b+α(x−b))dα⟧, by quadrature (Sundararajan, Taly and Yan 2017, eq. 1).",
        set(
            "a = (x − b)·∫₀¹ ∇f(b + α(x − b)) dα, by quadrature (Sundararajan, Taly and Yan 2017, eq. 1)."));
    assertEquals(
        "⟦y=x⟧ where ⟦x&gt;0⟧, else ⟦slope·x⟧.", set("y = x where x &gt; 0, else slope·x."));
    assertEquals("⟦y⟧ = the largest of each window", set("y = the largest of each window"));
  }

  @Test
  void proseAndCodeStayAsTheyAre() {
    for (String prose :
        List.of(
            "A copy of a row, in C++ and by 1–3 threads (see above).",
            "Bach et al. 2015, section 2.1: the network's answer is a number.",
            "<code>a + b</code> and <a href=\"#a\">x = y</a>",
            "I say so (inclusive), 0 = none")) {
      assertEquals(prose, Formulas.inHtml(prose));
    }
  }

  @Test
  void sumsHaveLimitsAndIndicesStandBelow() {
    String math = Formulas.inHtml("Σ_i x_i").replaceAll("</?mrow>", "");
    assertEquals(
        "<math displaystyle=\"true\"><munder><mo>∑</mo><mi>i</mi></munder><msub><mi>x</mi><mi>i</mi></msub></math>",
        math);
  }
}
