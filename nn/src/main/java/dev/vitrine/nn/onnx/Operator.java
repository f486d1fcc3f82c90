package dev.vitrine.nn.onnx;

/** What a node of one operator records, or finds out without recording. */
@FunctionalInterface
interface Operator {
  Value record(Call c);
}
