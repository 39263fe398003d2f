package dev.lookaside.lb.load;

import dev.lookaside.core.balancer.Balancer;
import dev.lookaside.core.balancer.Connectivity;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.load.LoadReport;
import dev.lookaside.core.load.LoadTracker;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands what the load streams hear to the load tracker and to the balancer. */
public final class LoadFeed implements LoadListener {
  private static final Logger log = LoggerFactory.getLogger(LoadFeed.class);

  private final LoadTracker loads;
  private final Balancer balancer;
  private final Counter accepted;
  private final Counter rejected;

  public LoadFeed(LoadTracker loads, Balancer balancer, MeterRegistry meters) {
    this.loads = loads;
    this.balancer = balancer;
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
  public void connectivity(Endpoint endpoint, Connectivity connectivity) {
    balancer.connectivity(endpoint, connectivity);
  }

  private static Counter reports(MeterRegistry meters, String result) {
    return Counter.builder("lookaside.load.reports")
        .description("Load reports, by whether they made sense")
        .tag("result", result)
        .register(meters);
  }
}
