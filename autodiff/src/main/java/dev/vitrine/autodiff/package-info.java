/** The tape: recording, the one reverse walk, rules, rewrites. */
@NullMarked
package dev.vitrine.autodiff;

import org.jspecify.annotations.NullMarked;
