package dev.vitrine.xai.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.xai.Ledger;
import java.awt.Color;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jfree.chart.axis.SymbolAxis;
import org.junit.jupiter.api.Test;

/** Bands are as wide as what flows, and what is taken leaves beside them. */
class LedgerFlowTest {
  private static final Color NODE = Theme.pale(Theme.signed(1), 0.75);
  private static final Color SENT = Theme.pale(Theme.signed(1), 0.25);
  private static final Color BIAS = Theme.category(1);

  private static float[] one(double v) {
    return new float[] {(float) v};
  }

  private static Ledger.Line line(
      String node, double in, double out, double bias, double stabiliser) {
    return new Ledger.Line(node, one(in), one(out), one(bias), one(stabiliser), one(1e-6));
  }

  /** 10 come to the last layer, whose bias takes 2; the first layer's adds 1. */
  private static final Ledger LEDGER =
      new Ledger(
          List.of(
              line("fc linear", 10, 8, 2, 0), line("relu", 8, 8, 0, 0), line("conv", 8, 9, -1, 0)));

  private static List<String> symbols(Look look, int axis) {
    return Arrays.asList(((SymbolAxis) look.plot().getRangeAxis(axis)).getSymbols());
  }

  @Test
  void aBandIsAsWideAsWhatComesAndAsWhatGoes() {
    Look look = Look.at(LedgerFlow.of(LEDGER, 0));
    assertEquals(List.of("fc linear", "relu", "conv", "attributed"), symbols(look, 0));
    assertEquals(List.of("10", "8", "8", "9"), symbols(look, 1));
    assertEquals(NODE, look.at(7.9, 0));
    assertEquals(NODE, look.at(7.9, 1));
    assertEquals(SENT, look.at(7.9, 0.5));
    assertEquals(Color.WHITE, look.at(8.1, 1));
    assertEquals(Color.WHITE, look.at(8.1, 0.5));
    assertEquals(SENT, look.at(8.9, 2.6));
    look.assertNothingIsCut();
  }

  @Test
  void aBiasTakesAtTheUpperSideAndGivesAtTheLower() {
    Look look = Look.at(LedgerFlow.of(LEDGER, 0));
    assertEquals(BIAS, look.at(9, -0.28));
    assertEquals(Color.WHITE, look.at(8.3, 0.05));
    assertEquals(BIAS, look.at(8.5, 2.28));
    assertEquals(Color.WHITE, look.at(8.5, 1.8));
    assertEquals(
        "Relevance 10 flows through 3 nodes; 9 is attributed, biases take 1 and stabilisers 0.",
        look.chart().description());
  }

  @Test
  void negativeRelevanceFlowsLeftOfZero() {
    Ledger negative = new Ledger(List.of(line("fc", -4, -3, -1, 0), line("x", -3, -3, 0, 0)));
    Look look = Look.at(LedgerFlow.of(negative, 0));
    assertEquals(Theme.pale(Theme.signed(-1), 0.75), look.at(-2.9, 0));
    assertEquals(BIAS, look.at(-3.5, -0.28));
    look.assertNothingIsCut();
  }

  @Test
  void whatNobodyTookIsYellow() {
    Look look = Look.at(LedgerFlow.of(new Ledger(List.of(line("broken", 4, 2, 0, 0))), 0));
    assertEquals(Theme.NAN, look.at(3, -0.28));
    assertNotEquals(Theme.NAN, Look.at(LedgerFlow.of(LEDGER, 0)).at(9, -0.28));
  }

  @Test
  void oddLedgersAreDrawnWithNothingCut() throws Exception {
    String name = "a layer that somebody has given a name as long as this one is, for no reason";
    for (Ledger odd :
        List.of(
            new Ledger(List.of(line("", 0, 0, 0, 0))),
            new Ledger(List.of(line(name, 1e30, -1e30, 1e30, 1e30))),
            new Ledger(List.of(line("a", 1, -2, 3, 0), line("b", -2, 5, -7, 1e-9))),
            new Ledger(List.of(line("a", -1e-12, 1, 0.5, -0.25))),
            new Ledger(Collections.nCopies(150, line(name, 1, 0.5, 0.25, 0.125))))) {
      Look.at(LedgerFlow.of(odd, 0)).assertNothingIsCut();
      Look.svg(LedgerFlow.of(odd, 0));
    }
  }

  @Test
  void whatIsNoFlowIsRefusedWithAReason() {
    refused("row 1 of 1: rows count from 0 to 0", LEDGER, 1);
    refused("a ledger of 0 nodes", new Ledger(List.of()), 0);
    refused("at \"n\" comes NaN", new Ledger(List.of(line("n", Double.NaN, 0, 0, 0))), 0);
    var a = Given.attribution(0, 0, new float[] {1});
    String why =
        assertThrows(IllegalArgumentException.class, () -> LedgerFlow.of(a, 0)).getMessage();
    assertTrue(why.contains("withLedger()"), why);
  }

  private static void refused(String sentence, Ledger ledger, int row) {
    String why =
        assertThrows(IllegalArgumentException.class, () -> LedgerFlow.of(ledger, row)).getMessage();
    assertTrue(why.contains(sentence), why);
  }
}
