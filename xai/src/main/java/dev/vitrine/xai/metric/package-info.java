/** What tells whether an explanation can be trusted. */
@NullMarked
package dev.vitrine.xai.metric;

import org.jspecify.annotations.NullMarked;
