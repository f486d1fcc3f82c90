package dev.vitrine.cpp;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Binary;
import dev.vitrine.tensor.kernel.Chain;
import dev.vitrine.tensor.kernel.Team;
import dev.vitrine.tensor.kernel.Unary;

/** y[i] = f(x[i], …), operands stretched to the shape of y. */
final class Elementwise {
  private Elementwise() {}

  static void fill(Call call, Team.Member member, float v, Tensor y) {
    long from = Share.from(member, y.size(), 1);
    long to = Share.to(member, y.size(), 1);
    call.of(Kernel.FILL).put(v).put(y, from).put(to - from).run();
  }

  static void copy(Call call, Team.Member member, Tensor x, Tensor y) {
    long from = Share.from(member, y.size(), 1);
    long to = Share.to(member, y.size(), 1);
    call.of(Kernel.COPY).put(x, from).put(y, from).put(to - from).run();
  }

  static void map(Call call, Team.Member member, Unary f, float p, float q, Tensor x, Tensor y) {
    long from = Share.from(member, y.size(), 1);
    long to = Share.to(member, y.size(), 1);
    call.of(Kernel.MAP).put(f.ordinal()).put(p).put(q);
    call.put(x, from).put(y, from).put(to - from).run();
  }

  static void zip(Call call, Team.Member member, Binary f, Tensor a, Tensor b, Tensor y) {
    call.of(Kernel.ZIP).put(f.ordinal()).put(a).put(b).put(y);
    share(call, member, y);
    Stretch.put(call, y.shape(), a.shape(), b.shape(), null);
    call.run();
  }

  static void chain(Call call, Team.Member member, Chain c, Tensor[] in, Tensor y) {
    int links = c.links().size();
    long from = Share.from(member, y.size(), links);
    long to = Share.to(member, y.size(), links);
    call.of(Kernel.CHAIN).put(y).put(from).put(to).put(c.inputs()).put(links).put(c.buffers());
    for (Tensor x : in) {
      call.put(x).put(x.size() == y.size());
    }
    for (int i = 0; i < links; i++) {
      Chain.Link link = c.links().get(i);
      switch (link) {
        case Chain.Map(Unary f, float p, float q, int _) ->
            call.put(1).put(f.ordinal()).put(p).put(q);
        case Chain.Zip(Binary f, int _, int _) -> call.put(2).put(f.ordinal()).put(0).put(0);
        case Chain.Choose _ -> call.put(3).put(0).put(0).put(0);
      }
      call.put(link.a()).put(link.b()).put(link.c()).put(c.buffer(i));
    }
    call.run();
  }

  static void select(Call call, Team.Member member, Tensor c, Tensor a, Tensor b, Tensor y) {
    call.of(Kernel.CHOOSE).put(c).put(a).put(b).put(y);
    share(call, member, y);
    Stretch.put(call, y.shape(), c.shape(), a.shape(), b.shape());
    call.run();
  }

  static void broadcast(Call call, Team.Member member, Tensor x, Tensor y) {
    call.of(Kernel.BROADCAST).put(x).put(y);
    share(call, member, y);
    Stretch.put(call, y.shape(), x.shape(), null, null);
    call.run();
  }

  private static void share(Call call, Team.Member member, Tensor y) {
    call.put(Share.from(member, y.size(), 1)).put(Share.to(member, y.size(), 1));
  }
}
