package dev.lookaside.worker.starter.load;

import dev.lookaside.core.load.LoadReport;
import dev.lookaside.core.time.Ticker;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The load of this worker. What is cheap, requests in flight and used capacity, is read when asked;
 * what is not, processor, memory and rates, comes from the last {@link #sample}.
 */
public final class LoadMeter {
  public static final String PROCESS_CPU = "process_cpu_utilization";
  public static final String PROCESS_MEMORY = "process_mem_utilization";

  /** Mean time that a request took, of those that ended in the last second; 0 if none did. */
  public static final String LATENCY = "request_latency_seconds";

  private static final Logger log = LoggerFactory.getLogger(LoadMeter.class);
  private static final long WINDOW_NANOS = 1_000_000_000;
  private static final double NANOS_PER_SECOND = 1e9;

  private final RequestCounters requests;
  private final ApplicationUtilization application;
  private final int processors;
  private final Ticker ticker;

  private final SlidingIncrease hostBusy = new SlidingIncrease(WINDOW_NANOS);
  private final SlidingIncrease hostTotal = new SlidingIncrease(WINDOW_NANOS);
  private final SlidingIncrease processCpu = new SlidingIncrease(WINDOW_NANOS);
  private final SlidingIncrease ended = new SlidingIncrease(WINDOW_NANOS);
  private final SlidingIncrease errors = new SlidingIncrease(WINDOW_NANOS);
  private final SlidingIncrease nanos = new SlidingIncrease(WINDOW_NANOS);
  private final SlidingIncrease nanosInFlight = new SlidingIncrease(WINDOW_NANOS);
  private volatile Sample last = new Sample(0, 0, 0, 0, 0, 0, 0, 0);
  private volatile double lastFullness;
  private volatile boolean complained;

  public LoadMeter(
      RequestCounters requests, ApplicationUtilization application, int processors, Ticker ticker) {
    this.requests = requests;
    this.application = application;
    this.processors = processors;
    this.ticker = ticker;
  }

  /** The load now. */
  public LoadReport current() {
    Sample sample = last;
    int inFlight = requests.inFlight();
    return new LoadReport(
        sample.hostCpu(),
        sample.hostMemory(),
        fullness(),
        sample.requestsPerSecond(),
        sample.errorsPerSecond(),
        inFlight,
        Map.of(
            LoadReport.REQUESTS_IN_FLIGHT,
            (double) inFlight,
            LoadReport.MEAN_REQUESTS_IN_FLIGHT,
            sample.meanInFlight(),
            PROCESS_CPU,
            sample.processCpu(),
            PROCESS_MEMORY,
            sample.processMemory(),
            LATENCY,
            sample.latencySeconds()),
        ticker.nanos());
  }

  /** Takes in a reading of the machine. For one thread. */
  void sample(MachineProbe.Reading reading) {
    long now = ticker.nanos();
    hostBusy.add(now, reading.hostBusyTicks());
    hostTotal.add(now, reading.hostTotalTicks());
    processCpu.add(now, reading.processCpuSeconds());
    ended.add(now, (double) requests.ended());
    errors.add(now, (double) requests.errors());
    nanos.add(now, (double) requests.nanos());
    nanosInFlight.add(now, requests.nanosInFlight());
    double total = hostTotal.increase();
    last =
        new Sample(
            total > 0 ? share(hostBusy.increase() / total) : 0,
            share(reading.hostMemory()),
            share(processCpu.perSecond() / processors),
            share(reading.processMemory()),
            ended.perSecond(),
            errors.perSecond(),
            nanosInFlight.perSecond() / NANOS_PER_SECOND,
            ended.increase() > 0 ? nanos.increase() / ended.increase() / NANOS_PER_SECOND : 0);
  }

  /**
   * The application's word. While it throws or makes no sense, the last that did stands: a report
   * without it would be refused, and a 0 would draw all calls here.
   */
  private double fullness() {
    try {
      double said = application.now();
      if (said >= 0 && said < Double.POSITIVE_INFINITY) {
        lastFullness = said;
        complained = false;
        return said;
      }
      complain("it says " + said + " (expected: a finite number of 0 or more)", null);
    } catch (RuntimeException | Error e) {
      complain(e.toString(), e);
    }
    return lastFullness;
  }

  /** Once, until it is well again: reports are asked for ten times a second and more. */
  private void complain(String why, @Nullable Throwable thrown) {
    if (!complained) {
      complained = true;
      log.warn("the application's utilization is unknown, its last one stands: {}", why, thrown);
    }
  }

  private static double share(double value) {
    return value > 0 ? Math.min(1, value) : 0;
  }

  private record Sample(
      double hostCpu,
      double hostMemory,
      double processCpu,
      double processMemory,
      double requestsPerSecond,
      double errorsPerSecond,
      double meanInFlight,
      double latencySeconds) {}
}
