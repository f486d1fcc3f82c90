package dev.vitrine.xai.spark;

import java.io.Serializable;

/**
 * How to make something on the machine that needs it: explainers hold tensors, which don't travel,
 * so what travels is the lambda that makes one.
 */
@FunctionalInterface
public interface Recipe<T> extends Serializable {
  T make();
}
