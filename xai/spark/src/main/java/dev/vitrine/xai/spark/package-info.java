/** Explanations and sweeps on Apache Spark, with the bits that one machine gives. */
@NullMarked
package dev.vitrine.xai.spark;

import org.jspecify.annotations.NullMarked;
