package dev.vitrine.bench.peers.libtorch;

import dev.vitrine.bench.peers.Network;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.Conv2dImpl;
import org.bytedeco.pytorch.Conv2dOptions;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;

/** A network of libtorch's modules. */
final class Net {
  private final List<Conv2dImpl> convolutions = new ArrayList<>();
  private final List<LinearImpl> linears = new ArrayList<>();

  /** {@code nhwc}: with convolution weights, and so images inside, that have channels last. */
  Net(Network network, boolean nhwc) {
    if (network == Network.CNN) {
      convolutions.add(conv(1, 32, nhwc));
      convolutions.add(conv(32, 64, nhwc));
      linears.add(new LinearImpl(1600, 128));
      linears.add(new LinearImpl(128, 10));
    } else {
      List<Integer> widths = network.widths();
      for (int i = 1; i < widths.size(); i++) {
        linears.add(new LinearImpl(widths.get(i - 1), widths.get(i)));
      }
    }
  }

  private static Conv2dImpl conv(int in, int out, boolean nhwc) {
    var c = new Conv2dImpl(new Conv2dOptions(in, out, new LongPointer(3, 3)));
    if (nhwc) {
      try (var _ = new NoGradGuard()) {
        c.weight().set_data(c.weight().contiguous(MemoryFormat.ChannelsLast));
      }
    }
    return c;
  }

  /** The logits of rows {@code x}. */
  Tensor outputs(Tensor x, boolean training) {
    Tensor h = x;
    for (Conv2dImpl c : convolutions) {
      h = torch.max_pool2d(torch.relu(c.forward(h)), 2, 2);
    }
    boolean dropout = training && !convolutions.isEmpty();
    if (!convolutions.isEmpty()) {
      h = torch.flatten(h, 1, -1);
    }
    for (int i = 0; i < linears.size(); i++) {
      if (i > 0) {
        h = torch.relu(h);
        h = dropout ? torch.dropout(h, 0.5, true) : h;
      }
      h = linears.get(i).forward(h);
    }
    return h;
  }

  TensorVector parameters() {
    var all = new TensorVector();
    for (Conv2dImpl c : convolutions) {
      all.push_back(c.weight());
      all.push_back(c.bias());
    }
    for (LinearImpl l : linears) {
      all.push_back(l.weight());
      all.push_back(l.bias());
    }
    return all;
  }

  void close() {
    convolutions.forEach(Conv2dImpl::close);
    linears.forEach(LinearImpl::close);
  }
}
