package dev.lookaside.core.control;

import java.util.Collection;
import java.util.stream.DoubleStream;

/**
 * The utilization that all endpoints are brought to: the mean, in which nobody counts for more than
 * a factor away from the median. One endpoint that reports nonsense moves only its own weight.
 */
final class Center {
  private final ControlSettings settings;

  Center(ControlSettings settings) {
    this.settings = settings;
  }

  /** 0 without readings. */
  double of(Collection<Controlled> endpoints) {
    double[] sorted =
        endpoints.stream()
            .flatMap(endpoint -> endpoint.reading().stream())
            .mapToDouble(Reading::utilization)
            .sorted()
            .toArray();
    if (sorted.length == 0) {
      return 0;
    }
    double median = (sorted[sorted.length / 2] + sorted[(sorted.length - 1) / 2]) / 2;
    // Most may be idle, such as those that have just come.
    double most = median < settings.leastUtilization() ? 1 : median * settings.mostError();
    return DoubleStream.of(sorted).map(each -> Math.min(each, most)).sum() / sorted.length;
  }
}
