/** The workbench: the command line and what stands behind it. */
@NullMarked
package dev.vitrine.bench;

import org.jspecify.annotations.NullMarked;
