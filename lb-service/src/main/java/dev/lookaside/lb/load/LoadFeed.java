package dev.lookaside.lb.load;

import dev.lookaside.core.balancer.Balancer;
import dev.lookaside.core.balancer.Connectivity;
import dev.lookaside.core.concurrent.DaemonThreads;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.load.LoadReport;
import dev.lookaside.core.load.LoadTracker;
import dev.lookaside.core.time.Ticker;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands what the load streams hear to the load tracker, to the balancer and to the log. */
public final class LoadFeed implements LoadListener, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LoadFeed.class);

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(new DaemonThreads("lookaside-connectivity"));
  private final LoadTracker loads;
  private final ConnectivityFeed balancer;
  private final ConnectivityLog lines;
  private final Counter accepted;
  private final Counter rejected;

  public LoadFeed(LoadTracker loads, Balancer balancer, Ticker ticker, MeterRegistry meters) {
    this.loads = loads;
    this.balancer = new ConnectivityFeed(balancer::connectivity, thread, ticker);
    this.lines = new ConnectivityLog(thread, log::info);
    this.accepted = reports(meters, "accepted");
    this.rejected = reports(meters, "rejected");
  }

  @Override
  public void reported(Endpoint endpoint, LoadReport report) {
    loads.reported(endpoint, report);
    accepted.increment();
  }

  @Override
  public void rejected(Endpoint endpoint, String reason) {
    rejected.increment();
    log.debug("report of {} of {} ignored: {}", endpoint.id(), endpoint.service(), reason);
  }

  @Override
  public void connectivity(Endpoint endpoint, Connectivity connectivity, String reason) {
    balancer.changed(endpoint, connectivity);
    lines.changed(endpoint, connectivity, reason);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }

  private static Counter reports(MeterRegistry meters, String result) {
    return Counter.builder("lookaside.load.reports")
        .description("Load reports taken, and reports or values of them that made no sense")
        .tag("result", result)
        .register(meters);
  }
}
