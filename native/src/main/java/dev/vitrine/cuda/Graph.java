package dev.vitrine.cuda;

import static dev.vitrine.cuda.Driver.check;
import static org.bytedeco.cuda.global.cudart.CU_STREAM_CAPTURE_MODE_THREAD_LOCAL;
import static org.bytedeco.cuda.global.cudart.CU_STREAM_NON_BLOCKING;
import static org.bytedeco.cuda.global.cudart.cuGraphDestroy;
import static org.bytedeco.cuda.global.cudart.cuGraphExecDestroy;
import static org.bytedeco.cuda.global.cudart.cuGraphInstantiate;
import static org.bytedeco.cuda.global.cudart.cuStreamBeginCapture;
import static org.bytedeco.cuda.global.cudart.cuStreamCreate;
import static org.bytedeco.cuda.global.cudart.cuStreamDestroy;
import static org.bytedeco.cuda.global.cudart.cuStreamEndCapture;

import dev.vitrine.tensor.Storage;
import dev.vitrine.tensor.kernel.Replay;
import java.lang.ref.Cleaner;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.bytedeco.cuda.cudart.CUgraphExec_st;
import org.bytedeco.cuda.cudart.CUgraph_st;
import org.bytedeco.cuda.cudart.CUstream_st;
import org.jspecify.annotations.Nullable;

/**
 * Calls of kernels that became a CUDA graph: one launch, however many they are.
 *
 * <p>They are made twice for that. The first time nothing is launched: kernels are compiled and
 * memory is taken, which can't be done while a stream is captured, as it is the second time.
 */
final class Graph implements Replay, Sink {
  private static final Cleaner CLEANER = Cleaner.create();

  private final Gpu gpu;
  private final ThreadLocal<Launch> launches;
  private final Runnable calls;
  private final Map<Storage, DeviceCopy> used = new LinkedHashMap<>();
  private final Set<DeviceCopy> written = new LinkedHashSet<>();
  private @Nullable CUstream_st stream;
  private @Nullable Executable executable;
  private Cleaner.@Nullable Cleanable cleanable;
  private boolean mayRefuse;

  Graph(Gpu gpu, ThreadLocal<Launch> launches, Runnable calls) {
    this.gpu = gpu;
    this.launches = launches;
    this.calls = calls;
  }

  // ---- while it is captured

  /** The stream that is being captured; null: not yet. */
  @Override
  public @Nullable CUstream_st stream() {
    return stream;
  }

  @Override
  public void uses(Storage storage, DeviceCopy copy, boolean isWritten) {
    used.put(storage, copy);
    if (isWritten) {
      written.add(copy);
    }
  }

  @Override
  public void mayRefuse() {
    mayRefuse = true;
  }

  private void capture() {
    if (cleanable != null) {
      cleanable.clean();
    }
    used.clear();
    written.clear();
    Launch launch = launches.get();
    var own = new CUstream_st();
    check(cuStreamCreate(own, CU_STREAM_NON_BLOCKING), "a stream to capture");
    Sink before = launch.into(this);
    try {
      calls.run();
      check(cuStreamBeginCapture(own, CU_STREAM_CAPTURE_MODE_THREAD_LOCAL), "beginning a graph");
      stream = own;
      var graph = new CUgraph_st();
      try {
        calls.run();
      } finally {
        check(cuStreamEndCapture(own, graph), "ending a graph");
      }
      executable = new Executable(graph);
      cleanable = CLEANER.register(this, executable);
      cuGraphDestroy(graph);
    } finally {
      stream = null;
      launch.into(before);
      cuStreamDestroy(own);
    }
  }

  // ---- afterwards

  @Override
  public synchronized void run() {
    gpu.enter();
    Executable all = executable;
    if (all == null || isStale()) {
      capture();
      run();
      return;
    }
    used.values().forEach(DeviceCopy::present);
    gpu.launch(all.graph);
    written.forEach(DeviceCopy::written);
    if (mayRefuse) {
      gpu.synchronize();
    }
  }

  /** True if an operand lies elsewhere now. */
  private boolean isStale() {
    for (var e : used.entrySet()) {
      if (e.getKey().twin() != e.getValue()) {
        return true;
      }
    }
    return false;
  }

  /** The calls know the new operand already: they are captured again. */
  @Override
  public synchronized void move(long from, long bytes, long to) {
    executable = null;
  }

  /** Apart from the graph, so that the cleaner does not keep it reachable. */
  private static final class Executable implements Runnable {
    final CUgraphExec_st graph = new CUgraphExec_st();

    Executable(CUgraph_st from) {
      check(cuGraphInstantiate(graph, from, 0), "making a graph executable");
    }

    @Override
    public void run() {
      cuGraphExecDestroy(graph);
    }
  }
}
