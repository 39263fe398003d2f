package dev.lookaside.client.cli;

import dev.lookaside.client.cli.Finding.Severity;
import dev.lookaside.v1.EndpointCondition;
import dev.lookaside.v1.EndpointStatus;
import dev.lookaside.v1.ListEndpointsResponse;
import dev.lookaside.v1.ServiceStatus;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** What is wrong with services and their workers, as one balancer sees them. */
final class ServiceChecks {
  static final String NOBODY_READY = "SV001";
  static final String FEW_READY = "SV002";
  static final String DECIDED_ABSENT = "SV003";
  static final String NO_LOAD = "WK001";
  static final String OLD_LOAD = "WK002";
  static final String UNREACHABLE = "WK003";
  static final String EJECTED = "WK004";
  static final String FAILING = "WK005";
  static final String DRAINED = "WK006";
  static final String TWO_SERVICES = "WK007";

  private static final double FEW = 0.5;
  private static final double OFTEN = 0.5;
  private static final long OLD_SECONDS = 2;

  private final Consumer<Finding> findings;
  private final Map<String, String> holders = new HashMap<>();

  ServiceChecks(Consumer<Finding> findings) {
    this.findings = findings;
  }

  void check(ListEndpointsResponse status) {
    status.getServicesList().forEach(this::check);
  }

  private void check(ServiceStatus service) {
    long ready =
        service.getEndpointsList().stream()
            .filter(e -> e.getCondition() == EndpointCondition.ENDPOINT_CONDITION_READY)
            .count();
    int all = service.getEndpointsCount();
    if (ready == 0 && all > 0) {
      add(NOBODY_READY, Severity.ERROR, service.getService(), "none of " + all + " can be picked");
    } else if (ready < FEW * all) {
      add(
          FEW_READY,
          Severity.WARNING,
          service.getService(),
          ready + " of " + all + " can be picked (expected: at least half)");
    }
    if (service.getDecidedAbsentIdsCount() > 0) {
      add(
          DECIDED_ABSENT,
          Severity.HINT,
          service.getService(),
          "decisions of workers that are not registered: "
              + String.join(", ", service.getDecidedAbsentIdsList()));
    }
    service.getEndpointsList().forEach(endpoint -> check(service.getService(), endpoint));
  }

  private void check(String service, EndpointStatus endpoint) {
    String subject = service + "/" + endpoint.getEndpoint().getId();
    String other = holders.putIfAbsent(endpoint.getEndpoint().getAddress(), subject);
    if (other != null) {
      add(
          TWO_SERVICES,
          Severity.HINT,
          subject,
          "has the address " + endpoint.getEndpoint().getAddress() + " of " + other);
    }
    switch (endpoint.getCondition()) {
      case ENDPOINT_CONDITION_READY -> load(subject, endpoint);
      case ENDPOINT_CONDITION_TRANSIENT_FAILURE ->
          add(UNREACHABLE, Severity.WARNING, subject, endpoint.getConditionReason());
      case ENDPOINT_CONDITION_EJECTED ->
          add(EJECTED, Severity.WARNING, subject, endpoint.getConditionReason());
      case ENDPOINT_CONDITION_DRAINING -> {
        if (endpoint.hasDrained()) {
          add(DRAINED, Severity.HINT, subject, endpoint.getConditionReason());
        }
      }
      case ENDPOINT_CONDITION_CONNECTING, ENDPOINT_CONDITION_UNSPECIFIED, UNRECOGNIZED -> {}
    }
    if (endpoint.getErrorShare() > OFTEN) {
      add(
          FAILING,
          Severity.WARNING,
          subject,
          Show.percent(endpoint.getErrorShare()) + " of recent requests failed");
    }
  }

  private void load(String subject, EndpointStatus endpoint) {
    if (!endpoint.hasLoad()) {
      add(
          NO_LOAD,
          Severity.WARNING,
          subject,
          "reports no load that is believed (expected: ORCA reports, out of band)");
    } else if (endpoint.getLoad().getAge().getSeconds() >= OLD_SECONDS) {
      add(
          OLD_LOAD,
          Severity.WARNING,
          subject,
          "its latest report is " + Show.millis(endpoint.getLoad().getAge()) + " old");
    }
  }

  private void add(String code, Severity severity, String subject, String message) {
    findings.accept(new Finding(code, severity, subject, message));
  }
}
