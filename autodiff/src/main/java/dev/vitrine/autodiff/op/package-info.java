/** The ops, one file each: what it computes and how its gradient is written in other ops. */
@NullMarked
package dev.vitrine.autodiff.op;

import org.jspecify.annotations.NullMarked;
