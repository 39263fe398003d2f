package dev.lookaside.worker.load;

import dev.lookaside.core.load.LoadReport;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.worker.execution.ComputePool;
import dev.lookaside.worker.execution.RequestLimit;
import java.util.Map;

/**
 * The load of this worker. What is cheap, requests in flight and used capacity, is read when asked;
 * what is not, processor, memory and rates, comes from the last {@link #sample}.
 */
public final class LoadMeter {
  public static final String PROCESS_CPU = "process_cpu_utilization";
  public static final String PROCESS_MEMORY = "process_mem_utilization";

  private static final long WINDOW_NANOS = 1_000_000_000;

  private final RequestLimit requests;
  private final ComputePool pool;
  private final RequestCounters counters;
  private final int processors;
  private final Ticker ticker;

  private final SlidingIncrease hostBusy = new SlidingIncrease(WINDOW_NANOS);
  private final SlidingIncrease hostTotal = new SlidingIncrease(WINDOW_NANOS);
  private final SlidingIncrease processCpu = new SlidingIncrease(WINDOW_NANOS);
  private final SlidingIncrease ended = new SlidingIncrease(WINDOW_NANOS);
  private final SlidingIncrease errors = new SlidingIncrease(WINDOW_NANOS);
  private volatile Sample last = new Sample(0, 0, 0, 0, 0, 0);

  public LoadMeter(
      RequestLimit requests,
      ComputePool pool,
      RequestCounters counters,
      int processors,
      Ticker ticker) {
    this.requests = requests;
    this.pool = pool;
    this.counters = counters;
    this.processors = processors;
    this.ticker = ticker;
  }

  /** The load now. */
  public LoadReport current() {
    Sample sample = last;
    int inFlight = requests.inFlight();
    double fullness = Math.max(pool.utilization(), (double) inFlight / requests.max());
    return new LoadReport(
        sample.hostCpu(),
        sample.hostMemory(),
        fullness,
        sample.requestsPerSecond(),
        sample.errorsPerSecond(),
        inFlight,
        Map.of(
            LoadReport.REQUESTS_IN_FLIGHT,
            (double) inFlight,
            PROCESS_CPU,
            sample.processCpu(),
            PROCESS_MEMORY,
            sample.processMemory()),
        ticker.nanos());
  }

  /** Takes in a reading of the machine. For one thread. */
  void sample(MachineProbe.Reading reading) {
    long now = ticker.nanos();
    hostBusy.add(now, reading.hostBusyTicks());
    hostTotal.add(now, reading.hostTotalTicks());
    processCpu.add(now, reading.processCpuSeconds());
    ended.add(now, (double) counters.ended());
    errors.add(now, (double) counters.errors());
    double total = hostTotal.increase();
    last =
        new Sample(
            total > 0 ? share(hostBusy.increase() / total) : 0,
            share(reading.hostMemory()),
            share(processCpu.perSecond() / processors),
            share(reading.processMemory()),
            ended.perSecond(),
            errors.perSecond());
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
      double errorsPerSecond) {}
}
