/** One class per command of the command line. */
@NullMarked
package dev.vitrine.bench.command;

import org.jspecify.annotations.NullMarked;
