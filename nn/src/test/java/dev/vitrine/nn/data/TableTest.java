package dev.vitrine.nn.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableTest {
  @TempDir Path folder;

  @Test
  void readsNamesQuotesBlankLinesAndTheByteOrderMark() throws IOException {
    var table =
        read(Csv.named(), "\uFEFFage,\"city, state\"\r\n7,\"Rome \"\"x\"\"\"\r\n\r\n8, Bonn \r\n");
    assertEquals(List.of("age", "city, state"), table.columns());
    assertEquals(List.of("7", "Rome \"x\""), table.rows().get(0).cells());
    assertEquals(new Table.Row(2, List.of("8", "Bonn")), table.rows().get(1));
    assertEquals("city, state", table.column(-1));
  }

  @Test
  void readsFilesWithoutNamesAndWithOtherDelimiters() throws IOException {
    var table = read(Csv.unnamed().delimitedBy(';'), "1;2\n3;4\n");
    assertEquals(List.of("x0", "x1"), table.columns());
    assertEquals(2, table.rows().size());
    assertEquals(table.rows(), read(Csv.unnamed().delimitedBy('\t'), "1\t2\n3\t4").rows());
  }

  @Test
  void readsPackedFiles() throws IOException {
    var file = folder.resolve("t.csv.gz");
    Files.write(file, IdxTest.packed("a,b\n1,2\n".getBytes(StandardCharsets.UTF_8)));
    assertEquals(List.of("1", "2"), Table.read(file, Csv.named()).rows().getFirst().cells());
  }

  @Test
  void scikitLearnsFirstLineNamesTheClasses() throws IOException {
    var table = read(Csv.scikitLearn(), "2,1,old,new\n0.5,1\n0.7,0\n");
    assertEquals(List.of("x0", "class"), table.columns());
    assertEquals(List.of("old", "new"), table.classes());
    assertEquals(List.of("0.5", "new"), table.rows().getFirst().cells());
    broken(Csv.scikitLearn(), "3,1,old,new\n0.5,1\n", "it announces 3 rows and has 1");
    broken(Csv.scikitLearn(), "1,2,old,new\n0.5,1\n", "it announces 2 columns and a class");
    broken(
        Csv.scikitLearn(),
        "1,1,old,new\n0.5,2\n",
        "row 1: class \"2\" must be a number from 0 to 1");
    broken(Csv.scikitLearn(), "1,1,old,new\n0.5,new\n", "row 1: class \"new\" must be a number");
    broken(Csv.scikitLearn(), "age,city\n0.5,1\n", "its first line must be: rows, columns");
  }

  @Test
  void malformedFilesAreRefused() throws IOException {
    broken(Csv.named(), "", "it is empty");
    broken(Csv.named(), "a,b\n1,2\n3\n", "row 2 has 1 cells, there are 2 columns");
    broken(Csv.named(), "a,a\n1,2\n", "column names must be present and differ, \"a\" does not");
    broken(Csv.named(), "a,\n1,2\n", "column names must be present");
    broken(Csv.named(), "a,b\n\"1,2\n", "it cannot be read (");
    var latin = Files.write(folder.resolve("latin.csv"), new byte[] {'a', '\n', (byte) 0xE9, '\n'});
    var e = assertThrows(IOException.class, () -> Table.read(latin, Csv.named()));
    assertTrue(e.getMessage().contains("it is not UTF-8 text"), e.getMessage());
    var none = folder.resolve("none.csv");
    var missing = assertThrows(IOException.class, () -> Table.read(none, Csv.named()));
    assertEquals(none + ": there is no such file", missing.getMessage());
    var notPacked = Files.writeString(folder.resolve("no.csv.gz"), "a,b\n1,2\n");
    var gzip = assertThrows(IOException.class, () -> Table.read(notPacked, Csv.named()));
    assertTrue(gzip.getMessage().startsWith(notPacked + ": it cannot be read ("));
  }

  @Test
  void selectsRenamesSlicesAndShuffles() throws IOException {
    var table = read(Csv.named(), "a,b,c\n1,2,3\n4,5,6\n7,8,9\n");
    var cut = table.select(List.of("c", "a")).renamed(List.of("z", "y")).slice(1, 3);
    assertEquals(List.of("z", "y"), cut.columns());
    assertEquals(new Table.Row(2, List.of("6", "4")), cut.rows().getFirst());
    var many = read(Csv.unnamed(), "1\n2\n3\n4\n5\n6\n7\n8\n9\n");
    assertEquals(many.shuffled(1), many.shuffled(1));
    assertNotEquals(many.shuffled(1).rows(), many.shuffled(2).rows());
    var e = assertThrows(IllegalArgumentException.class, () -> table.index("d"));
    assertEquals("t.csv has no column \"d\"; it has [a, b, c]", e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> table.column(3));
  }

  private Table read(Csv csv, String content) throws IOException {
    return Table.read(Files.writeString(folder.resolve("t.csv"), content), csv);
  }

  private void broken(Csv csv, String content, String why) {
    var e = assertThrows(IOException.class, () -> read(csv, content));
    assertTrue(e.getMessage().contains(why), e.getMessage());
    assertTrue(e.getMessage().startsWith(folder.toString()), e.getMessage());
  }
}
