package dev.lookaside.simulator.scenario;

import static java.util.Objects.requireNonNullElse;

import java.time.Duration;

/**
 * Which requests to replay; in a scenario, the name of the file alone will do.
 *
 * @param file a CSV file, see {@link dev.lookaside.simulator.trace.TraceFile}; a relative path is
 *     tried from the working directory and then from the directory of the scenario
 * @param time the name of the column of the time; the first column unless given
 * @param work the name of the column of the work, or a formula of columns such as {@code output +
 *     0.1 * input}; the second column unless given
 * @param unit how long a unit of work takes alone on one core of speed 1; a millisecond unless
 *     given
 */
record TraceSettings(String file, String time, String work, Duration unit) {
  private static final Duration USUAL_UNIT = Duration.ofMillis(1);

  TraceSettings {
    Limits.required("file", file, "the path of a CSV file");
    time = requireNonNullElse(time, "");
    work = requireNonNullElse(work, "");
    unit = requireNonNullElse(unit, USUAL_UNIT);
    Limits.timeAboveZero("unit", unit);
  }

  /** The first two columns of a file. */
  static TraceSettings of(String file) {
    return new TraceSettings(file, "", "", USUAL_UNIT);
  }
}
