package dev.lookaside.wire;

import dev.lookaside.core.load.LoadReport;
import dev.lookaside.v1.LoadUpdate;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** Loads, as messages and back. */
public final class LoadCodec {
  private static final long MAX_AGE_MILLIS = Duration.ofHours(1).toMillis();

  /** Is told the loads of an update. */
  @FunctionalInterface
  public interface Visitor {
    void load(int number, LoadReport report);
  }

  private LoadCodec() {}

  /** Adds the load of one endpoint, which was taken this long before the update was made. */
  public static void add(LoadUpdate.Builder update, int number, LoadValues load, long ageNanos) {
    update
        .addNumbers(number)
        .addAgeMillis(ageMillis(ageNanos))
        .addRequestsInFlight(load.requestsInFlight())
        .addApplicationUtilizationMillis(load.applicationUtilization())
        .addCpuUtilizationMillis(load.cpuUtilization())
        .addRpsMillis(load.rps())
        .addEpsMillis(load.eps());
    mean(update, load.meanRequestsInFlight());
  }

  /** The list is empty as long as no endpoint has one. */
  private static void mean(LoadUpdate.Builder update, OptionalLong mean) {
    int before = update.getMeanRequestsInFlightMillisPlusOneCount();
    if (before > 0 || mean.isPresent()) {
      for (int i = before; i < update.getNumbersCount() - 1; i++) {
        update.addMeanRequestsInFlightMillisPlusOne(0);
      }
      update.addMeanRequestsInFlightMillisPlusOne(mean.isPresent() ? mean.getAsLong() + 1 : 0);
    }
  }

  // A report that came while the update was made is a little younger than it.
  private static int ageMillis(long ageNanos) {
    long half = TimeUnit.MILLISECONDS.toNanos(1) / 2;
    long millis = TimeUnit.NANOSECONDS.toMillis(ageNanos + half);
    return (int) Math.max(0, Math.min(MAX_AGE_MILLIS, millis));
  }

  /**
   * Visits all loads that make sense, each with the time at which it was taken by the reader's
   * clock.
   *
   * @throws IllegalArgumentException if a list is neither empty nor as long as the first
   */
  public static void read(LoadUpdate update, long nowNanos, Visitor visitor) {
    requireParallel(update);
    for (int i = 0; i < update.getNumbersCount(); i++) {
      LoadReport report;
      try {
        report = values(update, i).report(nowNanos - ageNanos(update, i));
      } catch (IllegalArgumentException e) {
        // One endpoint's load is worth no more than that: it counts as unknown.
        continue;
      }
      visitor.load(update.getNumbers(i), report);
    }
  }

  private static LoadValues values(LoadUpdate update, int i) {
    boolean hasInFlight = update.getRequestsInFlightCount() > 0;
    boolean hasApplication = update.getApplicationUtilizationMillisCount() > 0;
    boolean hasCpu = update.getCpuUtilizationMillisCount() > 0;
    boolean hasRps = update.getRpsMillisCount() > 0;
    boolean hasEps = update.getEpsMillisCount() > 0;
    return new LoadValues(
        hasInFlight ? update.getRequestsInFlight(i) : 0,
        hasApplication ? update.getApplicationUtilizationMillis(i) : 0,
        hasCpu ? update.getCpuUtilizationMillis(i) : 0,
        hasRps ? update.getRpsMillis(i) : 0,
        hasEps ? update.getEpsMillis(i) : 0,
        mean(update, i));
  }

  private static OptionalLong mean(LoadUpdate update, int i) {
    boolean hasMean = update.getMeanRequestsInFlightMillisPlusOneCount() > 0;
    long plusOne = hasMean ? update.getMeanRequestsInFlightMillisPlusOne(i) : 0;
    return plusOne > 0 ? OptionalLong.of(plusOne - 1) : OptionalLong.empty();
  }

  private static long ageNanos(LoadUpdate update, int i) {
    long millis = update.getAgeMillisCount() == 0 ? 0 : update.getAgeMillis(i);
    // What is negative as a signed number was so before it was sent: the report is new.
    return TimeUnit.MILLISECONDS.toNanos(Math.max(0, Math.min(MAX_AGE_MILLIS, millis)));
  }

  private static void requireParallel(LoadUpdate update) {
    int numbers = update.getNumbersCount();
    requireParallel("age_millis", update.getAgeMillisCount(), numbers);
    requireParallel("requests_in_flight", update.getRequestsInFlightCount(), numbers);
    requireParallel(
        "application_utilization_millis", update.getApplicationUtilizationMillisCount(), numbers);
    requireParallel("cpu_utilization_millis", update.getCpuUtilizationMillisCount(), numbers);
    requireParallel("rps_millis", update.getRpsMillisCount(), numbers);
    requireParallel("eps_millis", update.getEpsMillisCount(), numbers);
    requireParallel(
        "mean_requests_in_flight_millis_plus_one",
        update.getMeanRequestsInFlightMillisPlusOneCount(),
        numbers);
  }

  private static void requireParallel(String list, int count, int numbers) {
    if (count != 0 && count != numbers) {
      throw new IllegalArgumentException(
          "%s has %d values (expected: %d, or none)".formatted(list, count, numbers));
    }
  }
}
