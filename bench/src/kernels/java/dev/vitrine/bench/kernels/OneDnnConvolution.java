package dev.vitrine.bench.kernels;

import dev.vitrine.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * A convolution of oneDNN that chose the layouts of its operands itself; they are reordered once,
 * before.
 */
final class OneDnnConvolution {
  /** Numbers of dnnl_types.h. */
  private static final int DIRECT = 1;

  private static final int TRAINING = 64;
  private static final int INFERENCE = 96;
  private static final MemorySegment NONE = MemorySegment.NULL;

  /** An operand's number as an argument, and that of the question for its layout. */
  private enum Role {
    X(1, 129),
    DX(129, 130),
    W(33, 131),
    DW(161, 132),
    Y(17, 133),
    DY(145, 134);

    final int argument;
    final int layout;

    Role(int argument, int layout) {
      this.argument = argument;
      this.layout = layout;
    }
  }

  private static final int BIAS = 41;

  /** The extents of x, w and y as oneDNN names them, each in a layout: any or ours. */
  private record Layouts(MemorySegment x, MemorySegment w, MemorySegment y) {
    static Layouts of(Convolution g, int image, int taps) {
      return new Layouts(
          OneDnn.layout(image, g.n(), g.c(), g.h(), g.w()),
          OneDnn.layout(taps, g.o(), g.c(), g.k(), g.k()),
          OneDnn.layout(image, g.n(), g.o(), g.outH(), g.outW()));
    }

    MemorySegment of(Role role) {
      return switch (role) {
        case X, DX -> x;
        case W, DW -> w;
        case Y, DY -> y;
      };
    }
  }

  private final Layouts plain;
  private final MemorySegment description;
  private final MemorySegment primitive;
  private final MemorySegment arguments;
  private final Role written;
  private final MemorySegment result;

  OneDnnConvolution(Convolution g, Tensor x, Tensor w, Tensor bias, Tensor y) {
    plain = Layouts.of(g, OneDnn.NHWC, OneDnn.HWIO);
    MemorySegment row = OneDnn.layout(OneDnn.A, g.o());
    description = describe(g, Layouts.of(g, OneDnn.ANY, OneDnn.ANY), row);
    primitive = OneDnn.make("dnnl_primitive_create", description);
    written =
        switch (g.direction()) {
          case FORWARD -> Role.Y;
          case DATA -> Role.DX;
          case WEIGHTS -> Role.DW;
        };
    result = OneDnn.memory(layout(written));
    var to = new OneDnn.Argument(written.argument, result);
    List<OneDnn.Argument> all =
        switch (g.direction()) {
          case FORWARD ->
              List.of(
                  to,
                  reordered(Role.X, x),
                  reordered(Role.W, w),
                  new OneDnn.Argument(BIAS, OneDnn.memory(row, bias.segment())));
          case DATA -> List.of(to, reordered(Role.DY, y), reordered(Role.W, w));
          case WEIGHTS -> List.of(to, reordered(Role.DY, y), reordered(Role.X, x));
        };
    arguments = OneDnn.arguments(all);
  }

  private static MemorySegment describe(Convolution g, Layouts any, MemorySegment row) {
    MemorySegment stride = OneDnn.extents(g.stride(), g.stride());
    MemorySegment gap = OneDnn.extents(0, 0); // between taps
    MemorySegment pad = OneDnn.extents(g.pad(), g.pad());
    boolean backward = g.direction() != Convolution.Direction.FORWARD;
    MemorySegment forward =
        OneDnn.make(
            "dnnl_convolution_forward_primitive_desc_create",
            OneDnn.ENGINE,
            backward ? TRAINING : INFERENCE,
            DIRECT,
            any.x,
            any.w,
            backward ? NONE : row,
            any.y,
            stride,
            gap,
            pad,
            pad,
            NONE);
    return switch (g.direction()) {
      case FORWARD -> forward;
      case DATA ->
          OneDnn.make(
              "dnnl_convolution_backward_data_primitive_desc_create",
              OneDnn.ENGINE,
              DIRECT,
              any.x,
              any.w,
              any.y,
              stride,
              gap,
              pad,
              pad,
              forward,
              NONE);
      case WEIGHTS ->
          OneDnn.make(
              "dnnl_convolution_backward_weights_primitive_desc_create",
              OneDnn.ENGINE,
              DIRECT,
              any.x,
              any.w,
              NONE,
              any.y,
              stride,
              gap,
              pad,
              pad,
              forward,
              NONE);
    };
  }

  /** The one that oneDNN asks for. */
  private MemorySegment layout(Role role) {
    return OneDnn.layoutOf(description, role.layout);
  }

  private OneDnn.Argument reordered(Role role, Tensor t) {
    MemorySegment from = plain.of(role);
    MemorySegment memory = OneDnn.memory(layout(role));
    OneDnn.reorder(from, OneDnn.memory(from, t.segment()), layout(role), memory);
    return new OneDnn.Argument(role.argument, memory);
  }

  void run() {
    OneDnn.execute(primitive, arguments);
  }

  /** The last result in our layout. */
  void read(Tensor t) {
    MemorySegment to = plain.of(written);
    OneDnn.reorder(layout(written), result, to, OneDnn.memory(to, t.segment()));
  }
}
