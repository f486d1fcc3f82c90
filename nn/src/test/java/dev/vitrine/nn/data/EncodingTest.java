package dev.vitrine.nn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class EncodingTest {
  private static final Table PEOPLE =
      table("age,city,room,well", "20,Rome,10,yes", "40,Bonn,9,no", "30,Rome,10,yes");

  @Test
  void numbersAreStandardisedAndCategoriesBecomeOneHot() {
    var encoding = Encoding.fit(PEOPLE, Roles.label("well"));
    assertEquals(List.of("age", "city=Bonn", "city=Rome", "room"), encoding.features());
    assertEquals(List.of("no", "yes"), encoding.classes());
    try (var data = encoding.encode("people", PEOPLE)) {
      var a = (float) (10 / Math.sqrt(200.0 / 3)); // population deviation of 20, 40, 30
      var r =
          (float) Math.sqrt(0.5); // 10, 9, 10 lie 1/3, −2/3, 1/3 from their mean, deviation √2/3
      var expected = new float[] {-a, 0, 1, r, a, 1, 0, -2 * r, 0, 0, 1, r};
      assertArrayEquals(expected, data.inputs().toFloats(), 1e-6f, "rounding of the means");
      assertArrayEquals(new int[] {1, 0, 1}, data.targets().toInts());
    }
  }

  @Test
  void columnsCanBeDeclaredCategorical() {
    var encoding = Encoding.fit(PEOPLE, Roles.label("well").categorical("room"));
    assertEquals(
        List.of("age", "city=Bonn", "city=Rome", "room=9", "room=10"), encoding.features());
  }

  @Test
  void theOrderOfTheRowsDoesNotMatter() {
    var rows = new ArrayList<>(PEOPLE.rows());
    Collections.reverse(rows);
    var reversed = new Table("people.csv", PEOPLE.columns(), rows, List.of());
    assertEquals(
        Encoding.fit(PEOPLE, Roles.label("well")), Encoding.fit(reversed, Roles.label("well")));
  }

  @Test
  void aSplitNeedsRowsOnBothSides() {
    for (int train : new int[] {0, 3, 4}) {
      var e =
          assertThrows(
              IllegalArgumentException.class,
              () -> Encoding.split(PEOPLE, train, Roles.label("well")));
      assertTrue(e.getMessage().contains("has 3 rows"), e.getMessage());
    }
  }

  @Test
  void onlyTrainingRowsAreLearnedFrom() {
    var table = table("v,y", "1,a", "3,b", "1000,a");
    try (var split = Encoding.split(table, 2, Roles.label("y"))) {
      assertArrayEquals(new float[] {-1, 1}, split.train().inputs().toFloats());
      assertArrayEquals(new float[] {998}, split.test().inputs().toFloats());
      assertEquals(Encoding.fit(table.slice(0, 2), Roles.label("y")), split.encoding());
    }
  }

  @Test
  void newRowsNeedNoTarget() {
    var encoding = Encoding.fit(PEOPLE, Roles.label("well"));
    var x = encoding.inputs(table("room,city,age", "9,Bonn,30"));
    assertArrayEquals(new float[] {0, 1, 0, -(float) Math.sqrt(2)}, x.toFloats(), 1e-6f);
  }

  @Test
  void aConstantColumnBecomesZeroHoweverItRounds() {
    var table = table("v,y", "0.1,1", "0.1,2", "0.1,3");
    try (var data = Encoding.fit(table, Roles.value("y")).encode("constant", table)) {
      assertArrayEquals(new float[3], data.inputs().toFloats());
      assertArrayEquals(new float[] {1, 2, 3}, data.targets().toFloats());
      assertArrayEquals(new int[] {3, 1}, data.targets().shape().dims());
    }
  }

  @Test
  void rowsComeBackAsTheyWereWritten() {
    var encoding = Encoding.fit(PEOPLE, Roles.label("well"));
    var ann = encoding.encode(20, 1, 10);
    assertArrayEquals(
        ann, Arrays.copyOf(encoding.inputs(table("age,city,room", "20,Rome,10")).toFloats(), 4));
    assertArrayEquals(new double[] {20, 1, 10}, encoding.decode(ann));
    assertArrayEquals(
        new double[] {33.25, 0, 9.5}, encoding.decode(encoding.encode(33.25, 0, 9.5)));
  }

  @Test
  void whateverIsDecodedHasTheSameBitsWhenEncodedAgain() {
    var encoding = Encoding.fit(PEOPLE, Roles.label("well"));
    for (var i = 1; i < 1000; i++) {
      var v = (float) StrictMath.sin(i) * (1 << i % 20);
      var x = new float[] {v, i % 2, 1 - i % 2, -v / 3};
      assertArrayEquals(x, encoding.encode(encoding.decode(x)), () -> Arrays.toString(x));
    }
  }

  @Test
  void aConstantColumnComesBackAsItsValue() {
    var encoding = Encoding.fit(table("v,y", "0.1,1", "0.1,2"), Roles.value("y"));
    assertArrayEquals(new double[] {0.1}, encoding.decode(0));
    assertArrayEquals(new double[] {0.3}, encoding.decode(encoding.encode(0.3)));
  }

  @Test
  void theCategoryOfABlockIsItsFirstLargest() {
    var encoding = Encoding.fit(PEOPLE, Roles.label("well"));
    assertEquals(1, encoding.decode(0, 0.4f, 0.6f, 0)[1]);
    assertEquals(0, encoding.decode(0, 0.5f, 0.5f, 0)[1]);
  }

  @Test
  void declaredClassesKeepTheirOrder() {
    var rows = List.of(new Table.Row(1, List.of("1", "benign")));
    var table = new Table("t", List.of("v", "class"), rows, List.of("malignant", "benign"));
    try (var data = Encoding.fit(table, Roles.label("class")).encode("t", table)) {
      assertEquals(1, data.label(0));
    }
  }

  @Test
  void badCellsAreRefusedWithRowAndColumn() {
    for (var missing : List.of("", "?", "NA", "nan", "null")) {
      refused(
          "people.csv, row 2, column \"age\": \"" + missing + "\" has no value",
          table("age,y", "1,a", missing + ",b"));
      refused(
          "people.csv, row 2, column \"city\": \"" + missing + "\" has no value",
          table("city,y", "Rome,a", missing + ",b"));
    }
    refused("row 1, column \"y\": \"\" has no value", table("age,y", "1,", "2,b"));
    refused("row 2, column \"age\": \"inf\" is not a number", table("age,y", "1,a", "inf,b"));
    refused("row 2, column \"age\": \"old\" is not a number", table("age,y", "1,a", "old,b"));
    refused("row 2, column \"age\": \"0x10\" is not a number", table("age,y", "1,a", "0x10,b"));
    refused("\"1e40\" is beyond the range of float32", table("age,y", "1,a", "1e40,b"));
    refused("\"1e999\" is beyond the range of float32", table("age,y", "1,a", "1e999,b"));
    refused("has no rows to learn from", table("age,y"));
    refused("has no column \"y\"", table("age,z", "1,a"));
  }

  @Test
  void unknownCategoriesAndClassesAreRefused() {
    var encoding = Encoding.fit(PEOPLE, Roles.label("well"));
    refused(
        "row 1, column \"city\": \"Oslo\" does not occur in the training rows",
        () -> encoding.encode("x", table("age,city,room,well", "1,Oslo,9,yes")));
    refused(
        "row 1, column \"well\": \"maybe\" does not occur",
        () -> encoding.encode("x", table("age,city,room,well", "1,Rome,9,maybe")));
  }

  private static void refused(String why, Table table) {
    refused(why, () -> Encoding.fit(table, Roles.label("y")).encode("x", table));
  }

  private static void refused(String why, org.junit.jupiter.api.function.Executable action) {
    var e = assertThrows(IllegalArgumentException.class, action);
    assertTrue(e.getMessage().contains(why), e.getMessage());
  }

  private static Table table(String names, String... lines) {
    var rows = new ArrayList<Table.Row>();
    for (var line : lines) {
      rows.add(new Table.Row(rows.size() + 1, Arrays.asList(line.split(",", -1))));
    }
    return new Table("people.csv", Arrays.asList(names.split(",")), rows, List.of());
  }
}
