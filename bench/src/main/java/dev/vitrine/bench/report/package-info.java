/**
 * {@code bench/vitrine report}: one HTML file about a run that needs nothing beside it. Each
 * section is a record that the page {@code report.html} names the parts of.
 */
@NullMarked
package dev.vitrine.bench.report;

import org.jspecify.annotations.NullMarked;
