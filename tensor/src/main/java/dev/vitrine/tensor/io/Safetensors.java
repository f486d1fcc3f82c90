package dev.vitrine.tensor.io;

import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Tensor;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * Named tensors and a few words about them in one file: an uint64 header length, a JSON header, the
 * data.
 *
 * <p>Format: github.com/huggingface/safetensors, README, "Format". Float32 and int32 are used where
 * they lie in the mapped file, the other types are converted as {@link Npy#read} does.
 *
 * @param tensors by name, in the order of the header
 * @param metadata the header's {@code __metadata__}
 */
public record Safetensors(
    SequencedMap<String, Tensor> tensors, SequencedMap<String, String> metadata) {

  /**
   * Maps the file until {@code memory} closes. The tensors can be read only: {@link Tensor#copy}
   * those that are to change. The file may be replaced meanwhile ({@link AtomicFile}) but not be
   * cut short.
   */
  public static Safetensors read(Path path, Memory memory) throws IOException {
    String file = path.toString();
    FormatException.refuseFolder(path);
    try (var channel = FileChannel.open(path)) {
      var header = SafetensorsHeader.read(file, channel);
      var data =
          channel.map(MapMode.READ_ONLY, header.length(), header.dataLength(), memory.arena());
      var tensors = new LinkedHashMap<String, Tensor>();
      for (var place : header.places().entrySet()) {
        tensors.put(place.getKey(), tensor(file, place.getKey(), place.getValue(), data, memory));
      }
      return new Safetensors(Collections.unmodifiableSequencedMap(tensors), header.metadata());
    }
  }

  private static Tensor tensor(
      String file, String name, SafetensorsHeader.Place p, MemorySegment data, Memory memory)
      throws FormatException {
    var elements =
        new Elements(
            "%s, tensor \"%s\"".formatted(file, name),
            p.type(),
            ByteOrder.LITTLE_ENDIAN,
            false,
            p.shape(),
            data.asSlice(p.begin(), p.end() - p.begin()));
    return elements.fits()
        ? memory.wrap(p.type().dtype(), p.shape(), elements.bytes())
        : elements.tensor(memory);
  }

  /**
   * Writes tensors and metadata in the order of their names; the file is replaced whole or not at
   * all, and the same content gives the same bytes. The data begin at a multiple of 64.
   */
  public static void write(Path path, Map<String, Tensor> tensors, Map<String, String> metadata)
      throws IOException {
    var sorted = new TreeMap<>(tensors);
    byte[] header = SafetensorsText.bytes(sorted, new TreeMap<>(metadata));
    AtomicFile.write(
        path,
        out -> {
          out.write(header);
          for (var x : sorted.values()) {
            LittleEndian.write(x, out::write);
          }
        });
  }
}
