/**
 * Golden cases: reference results of public tools, run on a backend and compared within their
 * tolerances.
 */
@NullMarked
package dev.vitrine.bench.conformance;

import org.jspecify.annotations.NullMarked;
