package dev.vitrine.nn.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvRowsTest {
  @TempDir Path folder;

  private Path file(String content) throws IOException {
    return Files.writeString(folder.resolve("t.csv"), content);
  }

  @Test
  void partsAreTheWholeTable() throws IOException {
    var text = new StringBuilder("\uFEFFa,\"b, c\"\n");
    for (int i = 0; i < 23; i++) {
      text.append(i).append(",\"line\n").append(i).append("\"\n").append(i % 3 == 0 ? "\n" : "");
    }
    Path file = file(text.toString());
    Table whole = Table.read(file, Csv.named());
    for (int most : new int[] {1, 4, 23, 100}) {
      var all = new ArrayList<Table.Row>();
      try (var rows = CsvRows.open(file)) {
        for (Table t = rows.next(most); !t.rows().isEmpty(); t = rows.next(most)) {
          assertEquals(whole.columns(), t.columns());
          all.addAll(t.rows());
        }
        assertEquals(23, rows.at());
      }
      assertEquals(whole.rows(), all);
    }
  }

  @Test
  void skippedRowsAreCounted() throws IOException {
    try (var rows = CsvRows.open(file("a\n0\n1\n2\n3\n"))) {
      assertEquals(2, rows.skip(2));
      assertEquals(new Table.Row(3, List.of("2")), rows.next(1).rows().getFirst());
      assertEquals(1, rows.skip(9));
      assertEquals(4, rows.at());
    }
  }

  @Test
  void aBrokenRowIsRefusedWhenItIsReached() throws IOException {
    try (var rows = CsvRows.open(file("a,b\n1,2\n3\n"))) {
      assertEquals(1, rows.next(1).rows().size());
      var e = assertThrows(IOException.class, () -> rows.next(1));
      assertTrue(e.getMessage().contains("row 2 has 1 cells, there are 2 columns"), e.getMessage());
    }
    Path empty = file("");
    var e = assertThrows(IOException.class, () -> CsvRows.open(empty));
    assertTrue(e.getMessage().contains("it is empty"), e.getMessage());
  }
}
