package dev.vitrine.xai.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Attribution;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;

/** Rows that Spark explained against the answer of one machine, bit for bit. */
final class Same {
  private Same() {}

  static void bits(Attribution a, List<Row> rows, String what) {
    assertEquals(a.classes().length, rows.size());
    for (int i = 0; i < rows.size(); i++) {
      Row r = rows.get(i);
      assertEquals(i, r.<Long>getAs("id"));
      List<Float> values = r.getList(r.fieldIndex("attribution"));
      assertEquals(floats(a.row(i)), values, what);
      assertEquals(a.classes()[i], r.<Integer>getAs("target"), what);
      assertEquals(a.outputs()[i], r.<Float>getAs("output"), what);
      if (a.convergence() != null) {
        assertEquals(a.convergence().gap()[i], r.<Float>getAs("gap"), what);
        assertEquals(a.convergence().steps()[i], r.<Integer>getAs("steps"), what);
      }
    }
  }

  private static List<Float> floats(Tensor t) {
    List<Float> all = new ArrayList<>();
    for (float v : t.toFloats()) {
      all.add(v);
    }
    return all;
  }
}
