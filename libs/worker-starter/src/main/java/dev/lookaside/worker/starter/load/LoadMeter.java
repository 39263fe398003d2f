package dev.lookaside.worker.starter.load;

import dev.lookaside.core.load.LoadReport;
import dev.lookaside.core.time.Ticker;
import java.util.Map;

/**
 * The load of this worker. What is cheap, requests in flight and used capacity, is read when asked;
 * what is not, processor, memory and rates, comes from the last {@link #sample}.
 */
public final class LoadMeter {
  public static final String PROCESS_CPU = "process_cpu_utilization";
  public static final String PROCESS_MEMORY = "process_mem_utilization";

  /** Mean time that a request took, of those that ended in the last second; 0 if none did. */
  public static final String LATENCY = "request_latency_seconds";

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

  /** The application's word, unless it makes no sense: a report that does not is refused whole. */
  private double fullness() {
    double said = application.now();
    return said >= 0 && said < Double.POSITIVE_INFINITY ? said : 0;
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
