package dev.vitrine.xai.spark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What rows were read from, so that changed files are not taken for the same. */
final class Inputs {
  private Inputs() {}

  /** How many files and bytes, and a hash of their names, lengths and times. */
  static String of(Dataset<Row> rows) throws IOException {
    String[] names = rows.inputFiles();
    if (names.length == 0) {
      return "no files";
    }
    Arrays.sort(names);
    var conf = rows.sparkSession().sparkContext().hadoopConfiguration();
    MessageDigest hash = sha256();
    long bytes = 0;
    for (String name : names) {
      var file = new Path(name);
      var status = file.getFileSystem(conf).getFileStatus(file);
      bytes += status.getLen();
      String line = name + " " + status.getLen() + " " + status.getModificationTime() + "\n";
      hash.update(line.getBytes(StandardCharsets.UTF_8));
    }
    return "%d files, %d bytes, %.16s"
        .formatted(names.length, bytes, HexFormat.of().formatHex(hash.digest()));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
