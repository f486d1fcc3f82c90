/** From a tape to a program: passes over a schedule, a memory plan, replay without allocation. */
@NullMarked
package dev.vitrine.autodiff.compile;

import org.jspecify.annotations.NullMarked;
