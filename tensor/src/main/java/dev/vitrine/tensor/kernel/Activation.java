package dev.vitrine.tensor.kernel;

/** What follows a product at once: f(·; p, q) of each of its elements. */
public record Activation(Unary f, float p, float q) {}
