package dev.lookaside.core.policy;

import static dev.lookaside.core.policy.Endpoints.SERVICE;

import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.core.load.Completion;
import dev.lookaside.core.load.LoadReport;
import dev.lookaside.core.load.LoadTracker;
import dev.lookaside.core.load.TrackerSettings;
import dev.lookaside.core.time.ManualTicker;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** A table of endpoints whose loads a test sets by id, on a clock that the test moves. */
public final class Fleet {
  public final ManualTicker ticker = new ManualTicker();
  public final LoadTracker loads =
      new LoadTracker(TrackerSettings.expiringReportsAfter(Duration.ofSeconds(1)), ticker);
  public final EndpointTable table;

  public Fleet(EndpointTable table) {
    this.table = table;
    loads.update(table);
  }

  public static Fleet of(String... ids) {
    return new Fleet(Endpoints.table(ids));
  }

  public Fleet inFlight(String id, double requests) {
    return reported(id, 0, 0, 0, requests);
  }

  public Fleet utilized(String id, double utilization, double rps, double eps) {
    return reported(id, utilization, rps, eps, 0);
  }

  private Fleet reported(String id, double utilization, double rps, double eps, double requests) {
    loads.reported(
        table.find(id).orElseThrow(),
        new LoadReport(0, 0, utilization, rps, eps, requests, Map.of(), ticker.nanos()));
    return this;
  }

  public Fleet latency(String id, Duration latency) {
    loads.completed(SERVICE, id, "", Completion.succeeded(latency));
    return this;
  }

  public Fleet dispatched(String id) {
    loads.of(table.find(id).orElseThrow()).dispatched();
    return this;
  }

  public Picker picker(Policy policy) {
    return policy.newPicker(table, loads);
  }

  /** How often each was picked, with no dispatch noted. */
  public static Map<String, Integer> counts(Picker picker, PickArgs request, int picks) {
    Map<String, Integer> counts = new TreeMap<>();
    for (int i = 0; i < picks; i++) {
      counts.merge(id(picker.pick(request)), 1, Integer::sum);
    }
    return counts;
  }

  public static Map<String, Integer> counts(Picker picker, int picks) {
    return counts(picker, PickArgs.ANY, picks);
  }

  /** The id of the endpoint that was picked. */
  public static String id(PickResult result) {
    return ((PickResult.Picked) result).endpoint().id();
  }
}
