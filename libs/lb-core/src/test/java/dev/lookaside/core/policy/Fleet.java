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
final class Fleet {
  final ManualTicker ticker = new ManualTicker();
  final LoadTracker loads =
      new LoadTracker(TrackerSettings.expiringReportsAfter(Duration.ofSeconds(1)), ticker);
  final EndpointTable table;

  Fleet(EndpointTable table) {
    this.table = table;
  }

  static Fleet of(String... ids) {
    return new Fleet(Endpoints.table(ids));
  }

  Fleet inFlight(String id, double requests) {
    return reported(id, 0, 0, 0, requests);
  }

  Fleet utilized(String id, double utilization, double rps, double eps) {
    return reported(id, utilization, rps, eps, 0);
  }

  private Fleet reported(String id, double utilization, double rps, double eps, double requests) {
    loads.reported(
        table.find(id).orElseThrow(),
        new LoadReport(0, 0, utilization, rps, eps, requests, Map.of(), ticker.nanos()));
    return this;
  }

  Fleet latency(String id, Duration latency) {
    loads.completed(SERVICE, id, "", Completion.succeeded(latency));
    return this;
  }

  Fleet dispatched(String id) {
    loads.of(table.find(id).orElseThrow()).dispatched();
    return this;
  }

  Picker picker(Policy policy) {
    return policy.newPicker(table, loads);
  }

  /** How often each was picked, with no dispatch noted. */
  static Map<String, Integer> counts(Picker picker, PickArgs request, int picks) {
    Map<String, Integer> counts = new TreeMap<>();
    for (int i = 0; i < picks; i++) {
      counts.merge(PickersTest.id(picker.pick(request)), 1, Integer::sum);
    }
    return counts;
  }

  static Map<String, Integer> counts(Picker picker, int picks) {
    return counts(picker, PickArgs.ANY, picks);
  }
}
