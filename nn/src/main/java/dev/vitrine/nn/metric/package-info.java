/** How good a model is: plain double arithmetic on the host, over outputs and targets. */
@NullMarked
package dev.vitrine.nn.metric;

import org.jspecify.annotations.NullMarked;
