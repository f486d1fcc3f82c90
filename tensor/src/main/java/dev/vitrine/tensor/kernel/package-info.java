/** What a machine must be able to compute, and how a machine is chosen. */
@NullMarked
package dev.vitrine.tensor.kernel;

import org.jspecify.annotations.NullMarked;
