/**
 * Models of other tools: ONNX files become layers that record themselves on the ordinary tape, and
 * a recorded model becomes an ONNX file.
 *
 * <p>Read in this order: {@code Wire} (bytes), {@code OnnxFile} (what a file holds), {@code Fold}
 * (what is known before any batch is there), {@code Live} (a value on the tape, and where its axes
 * are), {@code Operators} (what each operator records), {@code OnnxGraph} (the layer). Back: {@code
 * Export} and {@code WireOut}.
 */
@NullMarked
package dev.vitrine.nn.onnx;

import org.jspecify.annotations.NullMarked;
