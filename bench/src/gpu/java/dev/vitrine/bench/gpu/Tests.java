package dev.vitrine.bench.gpu;

import static org.junit.platform.engine.discovery.ClassNameFilter.excludeClassNamePatterns;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import java.io.PrintWriter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/**
 * The tests that every backend passes, of module tensor, and those of whole trainings, attributions
 * and golden cases: the bits of the scalar backend.
 *
 * @param passed tests
 * @param failed tests
 */
record Tests(long passed, long failed) {
  static Tests run(PrintWriter out) {
    System.setProperty("vitrine.test.backend", "cuda");
    var request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(
                selectPackage("dev.vitrine.tensor.kernel.backend"),
                selectClass("dev.vitrine.xai.CudaSameBitsTest"),
                selectClass("dev.vitrine.bench.conformance.CudaConformanceTest"))
            .filters(
                excludeClassNamePatterns(".*TeamTest"))
            .build();
    var listener = new SummaryGeneratingListener();
    LauncherFactory.create().execute(request, listener);
    var summary = listener.getSummary();
    summary
        .getFailures()
        .forEach(
            f -> out.println(f.getTestIdentifier().getDisplayName() + ": " + f.getException()));
    long skipped = summary.getTestsAbortedCount() + summary.getTestsSkippedCount();
    return new Tests(summary.getTestsSucceededCount(), summary.getTestsFailedCount() + skipped);
  }
}
