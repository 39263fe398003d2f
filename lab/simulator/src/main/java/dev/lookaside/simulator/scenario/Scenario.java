package dev.lookaside.simulator.scenario;

import static java.util.Objects.requireNonNullElse;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything that decides a run, except the strategy and the seed.
 *
 * @param title one line, shown above the results
 * @param serviceTime how much work requests bring
 * @param duration of the run; requests that arrive in it, after the warm-up, are measured
 * @param seeds how many seeds to run, 1, 2, 3, …
 * @param policies the strategies to compare, unless the command line names others
 */
public record Scenario(
    String title,
    List<ServerGroup> servers,
    Arrivals arrivals,
    Distribution serviceTime,
    BalancerSettings balancers,
    ReportSettings reports,
    OutcomeSettings outcomes,
    ClientSettings client,
    List<Event> events,
    Duration duration,
    Duration warmUp,
    Integer seeds,
    List<String> policies,
    @Nullable Sweep sweep) {

  static final int MAX_SEEDS = 1_000;

  public Scenario {
    balancers = requireNonNullElse(balancers, BalancerSettings.DEFAULTS);
    reports = requireNonNullElse(reports, ReportSettings.DEFAULTS);
    outcomes = requireNonNullElse(outcomes, OutcomeSettings.DEFAULTS);
    client = requireNonNullElse(client, ClientSettings.DEFAULTS);
    events = List.copyOf(requireNonNullElse(events, List.of()));
    warmUp = requireNonNullElse(warmUp, Duration.ZERO);
    seeds = requireNonNullElse(seeds, 5);
    policies = List.copyOf(requireNonNullElse(policies, List.of()));
    Limits.required("title", title, "one line");
    servers = List.copyOf(Limits.required("servers", servers, "a list of groups"));
    Limits.require(!servers.isEmpty(), "servers", "empty", "at least one group");
    Limits.required("arrivals", arrivals, "a rate or a load");
    Limits.required("service-time", serviceTime, "a distribution");
    Limits.timeAboveZero("duration", duration);
    Limits.within("warm-up", warmUp, Duration.ZERO, duration.minusNanos(1));
    Limits.within("seeds", seeds, 1, MAX_SEEDS);
    Set<String> groups = new HashSet<>();
    for (ServerGroup group : servers) {
      Limits.require(groups.add(group.name()), "server group", group.name(), "unique names");
    }
    for (Event event : events) {
      Limits.require(
          groups.contains(event.servers()), "events: servers", event.servers(), "one of " + groups);
    }
  }

  /** How many servers the groups have together. */
  public int serverCount() {
    return servers.stream().mapToInt(ServerGroup::count).sum();
  }

  /** The work that the servers which are there at the start can do in a second, in seconds. */
  public double capacity() {
    return servers.stream()
        .filter(group -> !joinsLater(group))
        .mapToDouble(group -> group.count() * group.cores() * group.speed())
        .sum();
  }

  public boolean joinsLater(ServerGroup group) {
    return events.stream()
        .anyMatch(event -> event instanceof Event.Join && event.servers().equals(group.name()));
  }

  /** The rate of arrivals per second that makes this load. */
  public double rateOf(double load) {
    return load * capacity() / (serviceTime.meanNanos() / 1e9);
  }
}
