package dev.vitrine.xai.spark;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.Job;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetOutputFormat;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.schema.MessageType;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.datasources.parquet.ParquetOptions;
import org.apache.spark.sql.execution.datasources.parquet.ParquetReadSupport$;
import org.apache.spark.sql.execution.datasources.parquet.ParquetUtils;
import org.apache.spark.sql.execution.datasources.parquet.ParquetWriteSupport;
import org.apache.spark.sql.execution.datasources.parquet.SparkToParquetSchemaConverter;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.Function1;

/**
 * A Parquet file of answers with a row group for each batch: what came in is written row by row as
 * Spark does it, because it may be of any type, and what is known of all rows at once column by
 * column.
 */
final class AnswerFile implements AutoCloseable {
  private static final ParquetProperties PROPERTIES = ParquetProperties.builder().build();

  private final Answers answers;
  private final MessageType number;
  private final MessageType kept;
  private final MessageType added;
  private final Map<String, String> metadata;
  private final ParquetWriteSupport rows = new ParquetWriteSupport();
  private final Function1<Object, Object> internal;
  private final CodecFactory codecs;
  private final BytesInputCompressor compressor;
  private final ParquetFileWriter file;

  /** What executors need to know of the session to write such files. */
  static Configuration configuration(Configuration hadoop, Answers answers) throws IOException {
    Job job = Job.getInstance(hadoop);
    SQLConf session = SQLConf.get();
    var options = new ParquetOptions(scala.collection.immutable.Map$.MODULE$.empty(), session);
    ParquetUtils.prepareWrite(session, job, answers.kept(), options);
    return job.getConfiguration();
  }

  AnswerFile(Configuration conf, Path path, Answers answers) throws IOException {
    this.answers = answers;
    var context = rows.init(conf);
    var parquet = new SparkToParquetSchemaConverter(conf);
    number = parquet.convert(new StructType().add(answers.number()));
    kept = context.getSchema();
    added = parquet.convert(answers.answers());
    metadata = new HashMap<>(context.getExtraMetaData());
    metadata.put(ParquetReadSupport$.MODULE$.SPARK_METADATA_KEY(), answers.schema().json());
    internal = CatalystTypeConverters.createToCatalystConverter(answers.kept());
    codecs = new CodecFactory(conf, ParquetProperties.DEFAULT_PAGE_SIZE);
    compressor =
        codecs.getCompressor(
            CompressionCodecName.fromConf(conf.get(ParquetOutputFormat.COMPRESSION)));
    file =
        new ParquetFileWriter(
            HadoopOutputFile.fromPath(path, conf),
            number.union(kept).union(added),
            ParquetFileWriter.Mode.CREATE,
            ParquetWriter.DEFAULT_BLOCK_SIZE,
            ParquetWriter.MAX_PADDING_SIZE_DEFAULT,
            null,
            PROPERTIES);
    file.start();
  }

  void write(Answered some) throws IOException {
    var pages = new ColumnPages(file, compressor, some.size());
    file.startBlock(some.size());
    pages.write(number.getColumns(), answers.numbers(some));
    if (kept.getFieldCount() > 0) {
      writeKept(some);
    }
    for (Answer a : Answer.values()) {
      String name = added.getFieldName(a.ordinal());
      pages.write(
          added.getColumns().stream().filter(c -> c.getPath()[0].equals(name)).toList(),
          a.of(some));
    }
    file.endBlock();
  }

  private void writeKept(Answered some) throws IOException {
    var memory = new HeapByteBufferAllocator();
    int truncated = PROPERTIES.getColumnIndexTruncateLength();
    try (var pages = new ColumnChunkPageWriteStore(compressor, kept, memory, truncated);
        var columns = PROPERTIES.newColumnWriteStore(kept, pages)) {
      var consumer = new ColumnIOFactory().getColumnIO(kept).getRecordWriter(columns);
      rows.prepareForWrite(consumer);
      for (@Nullable Object[] cells : some.kept()) {
        rows.write((InternalRow) internal.apply(RowFactory.create(cells)));
      }
      consumer.flush();
      columns.flush();
      pages.flushToFileWriter(file);
    }
  }

  /** Without it the file is none. */
  void finish() throws IOException {
    file.end(metadata);
  }

  @Override
  public void close() throws IOException {
    file.close();
    codecs.release();
  }
}
