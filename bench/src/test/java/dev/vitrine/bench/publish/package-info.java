/** What the published documentation is made with. */
@NullMarked
package dev.vitrine.bench.publish;

import org.jspecify.annotations.NullMarked;
