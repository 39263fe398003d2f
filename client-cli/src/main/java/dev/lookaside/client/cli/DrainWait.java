package dev.lookaside.client.cli;

import dev.lookaside.client.task.AdminClient;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.v1.EndpointCondition;
import dev.lookaside.v1.EndpointStatus;
import dev.lookaside.v1.ListEndpointsResponse;
import dev.lookaside.v1.ServiceStatus;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;

/**
 * Waits until draining workers have no request in flight: twice in a row, for a client may have
 * been on its way. Without a load report nobody knows, and it goes on waiting.
 */
final class DrainWait {
  private static final Duration INTERVAL = Duration.ofMillis(200);
  private static final int IN_A_ROW = 2;

  private final AdminClient balancer;
  private final String service;
  private final List<String> ids;
  private final long revision;

  /**
   * @param revision of the decision to drain
   */
  DrainWait(AdminClient balancer, String service, List<String> ids, long revision) {
    this.balancer = balancer;
    this.service = service;
    this.ids = List.copyOf(ids);
    this.revision = revision;
  }

  /** The exit code. */
  int await(Duration patience, CommandLine command) {
    Ticker ticker = Ticker.system();
    long start = ticker.nanos();
    int done = 0;
    String last = "";
    Polling statuses = new Polling(balancer, service, INTERVAL);
    while (statuses.hasNext()) {
      ListEndpointsResponse status = statuses.next();
      done = isDone(status) ? done + 1 : 0;
      if (done == IN_A_ROW) {
        command.getOut().println("drained");
        command.getOut().flush();
        return ExitCode.DONE;
      }
      String now = inWords(status);
      if (!now.equals(last)) {
        Usage.say(command, now);
        last = now;
      }
      if (ticker.nanos() - start > patience.toNanos()) {
        break;
      }
    }
    Usage.say(command, "not drained after " + patience.toSeconds() + "s; it stays draining");
    return ExitCode.FAILED;
  }

  /** One that is gone has nothing in flight. */
  private boolean isDone(ListEndpointsResponse status) {
    return status.getServicesList().stream()
        .allMatch(known ->
            known.getControlRevision() >= revision
                && known.getEndpointsList().stream().filter(this::isMeant).allMatch(this::isIdle));
  }

  private boolean isIdle(EndpointStatus endpoint) {
    return endpoint.getCondition() == EndpointCondition.ENDPOINT_CONDITION_DRAINING
        && endpoint.hasInFlight()
        && endpoint.getInFlight() < 0.5
        && endpoint.getOwnInFlight() == 0;
  }

  private String inWords(ListEndpointsResponse status) {
    return status.getServicesList().stream()
        .map(ServiceStatus::getEndpointsList)
        .flatMap(List::stream)
        .filter(this::isMeant)
        .map(endpoint ->
            endpoint.getEndpoint().getId()
                + ": "
                + (endpoint.hasInFlight()
                    ? Show.number(Math.rint(endpoint.getInFlight()))
                    : "nobody knows how many")
                + " in flight")
        .collect(Collectors.joining(", "));
  }

  private boolean isMeant(EndpointStatus endpoint) {
    return ids.contains(endpoint.getEndpoint().getId());
  }
}
