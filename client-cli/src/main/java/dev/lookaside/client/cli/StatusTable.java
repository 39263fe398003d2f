package dev.lookaside.client.cli;

import dev.lookaside.v1.EndpointStatus;
import dev.lookaside.v1.ListEndpointsResponse;
import dev.lookaside.v1.ServiceStatus;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Help.Ansi;

/** Services and their workers as lines of text. */
final class StatusTable {
  private final Ansi ansi;

  StatusTable(Ansi ansi) {
    this.ansi = ansi;
  }

  List<String> lines(ListEndpointsResponse status) {
    List<String> lines = new ArrayList<>();
    for (ServiceStatus service : status.getServicesList()) {
      lines.add(title(status, service));
      if (service.hasPolicyDecided()) {
        lines.add("policy decided by " + Show.decided(service.getPolicyDecided()));
      }
      lines.addAll(rows(service));
      lines.addAll(Comparisons.lines(service));
      if (service.getDecidedAbsentIdsCount() > 0) {
        lines.add(
            "decided, but not registered: "
                + Plain.text(String.join(", ", service.getDecidedAbsentIdsList())));
      }
    }
    if (lines.isEmpty()) {
      lines.add("no service has a worker");
    }
    return lines;
  }

  private static String title(ListEndpointsResponse status, ServiceStatus service) {
    return "%s: policy %s%s, %d workers, revision %d (balancer %s, registry %s%s)"
        .formatted(
            Plain.text(service.getService()),
            service.getPolicy(),
            service.getPolicy().equals(service.getConfiguredPolicy())
                ? ""
                : " instead of " + service.getConfiguredPolicy(),
            service.getEndpointsCount(),
            service.getControlRevision(),
            Plain.text(status.getBalancer()),
            status.getRegistrySync(),
            status.getRegistrySync().equals("in_sync") || !status.hasRegistryAge()
                ? ""
                : " for " + Show.millis(status.getRegistryAge()));
  }

  private List<String> rows(ServiceStatus service) {
    Table table =
        new Table(8, 9)
            .row(
                "WORKER",
                "STATE",
                "WEIGHT",
                "IN FLIGHT",
                "SHARE",
                "FAIR",
                "LATENCY",
                "ERRORS",
                "ADDRESS",
                "ZONE / NOTE");
    service.getEndpointsList().forEach(endpoint -> table.row(cells(endpoint)));
    List<String> plain = table.lines();
    List<String> painted = new ArrayList<>();
    painted.add(Paint.FAINT.on(ansi, plain.get(0)));
    for (int i = 0; i < service.getEndpointsCount(); i++) {
      painted.add(Paint.of(service.getEndpoints(i).getCondition()).on(ansi, plain.get(i + 1)));
    }
    return painted;
  }

  private static String[] cells(EndpointStatus status) {
    return new String[] {
      Plain.text(status.getEndpoint().getId()),
      Show.condition(status.getCondition()),
      Show.number(status.getWeight()) + (status.hasWeightDecided() ? "*" : ""),
      status.hasInFlight() ? Show.number(Math.rint(status.getInFlight())) : Show.UNKNOWN,
      status.hasRequestShare() ? Show.percent(status.getRequestShare()) : Show.UNKNOWN,
      Show.percent(status.getFairShare()),
      status.hasLatency() ? Show.millis(status.getLatency()) : Show.UNKNOWN,
      Show.percent(status.getErrorShare()),
      Plain.text(status.getEndpoint().getAddress()),
      note(status)
    };
  }

  private static String note(EndpointStatus status) {
    List<String> notes = new ArrayList<>();
    String zone = status.getEndpoint().getLocality().getZone();
    if (!zone.isEmpty()) {
      notes.add(Plain.text(zone));
    }
    if (!status.getConditionReason().isEmpty()) {
      notes.add(Plain.text(status.getConditionReason()));
    }
    if (status.hasWeightDecided()) {
      notes.add("* weight by " + Show.decided(status.getWeightDecided()));
    }
    return String.join("; ", notes);
  }
}
