/**
 * The layers, one file each.
 *
 * <p>A new one is: a class here, whose {@code toString} says how to write it; a factory in {@link
 * dev.vitrine.nn.layer.Layers}; a line in {@code Catalog}, which reads it back; a line in {@code
 * SpecificationTest}.
 */
@NullMarked
package dev.vitrine.nn.layer;

import org.jspecify.annotations.NullMarked;
