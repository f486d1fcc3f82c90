/** Data sets: read from files, downloaded and checked, or drawn by the project itself. */
@NullMarked
package dev.vitrine.nn.data;

import org.jspecify.annotations.NullMarked;
