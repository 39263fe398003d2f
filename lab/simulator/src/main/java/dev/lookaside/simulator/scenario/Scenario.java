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
 * @param charts to draw; one that suits it unless given
 * @param policies the strategies to compare, unless the command line names others
 * @param compareWith the strategies whose p99 and p99.9 the others' are divided by; the bound
 *     unless given
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
    List<ChartKind> charts,
    List<String> policies,
    List<String> compareWith,
    @Nullable Sweep sweep) {

  /** What a chart shows. */
  public enum ChartKind {
    /** p99 at each value of the sweep. */
    P99,
    /** p99.9 at each value of the sweep. */
    P999,
    /** Latency by percentile, at the first value of the sweep. */
    PERCENTILES,
    /** p99 over the time of the run, of the first seed, at the first value of the sweep. */
    OVER_TIME
  }

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
    compareWith = List.copyOf(requireNonNullElse(compareWith, List.of("omniscient")));
    charts = List.copyOf(requireNonNullElse(charts, List.of(usualChart(sweep, events, arrivals))));
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

  /** The same with balancers of the usual kind. */
  public Scenario withoutBalancers() {
    return new Scenario(
        title,
        servers,
        arrivals,
        serviceTime,
        BalancerSettings.DEFAULTS,
        reports,
        outcomes,
        client,
        events,
        duration,
        warmUp,
        seeds,
        charts,
        policies,
        compareWith,
        sweep);
  }

  /** The same where nobody hears of load or outcomes but in the usual way. */
  public Scenario withoutReports() {
    return new Scenario(
        title,
        servers,
        arrivals,
        serviceTime,
        balancers,
        ReportSettings.DEFAULTS,
        OutcomeSettings.DEFAULTS,
        client,
        events,
        duration,
        warmUp,
        seeds,
        charts,
        policies,
        compareWith,
        sweep);
  }

  /** The same where outcomes are told in the usual way. */
  public Scenario withoutOutcomes() {
    return new Scenario(
        title,
        servers,
        arrivals,
        serviceTime,
        balancers,
        reports,
        OutcomeSettings.DEFAULTS,
        client,
        events,
        duration,
        warmUp,
        seeds,
        charts,
        policies,
        compareWith,
        sweep);
  }

  private static ChartKind usualChart(
      @Nullable Sweep sweep, List<Event> events, @Nullable Arrivals arrivals) {
    if (sweep != null) {
      return ChartKind.P99;
    }
    boolean steady = events.isEmpty() && (arrivals == null || arrivals.phases().isEmpty());
    return steady ? ChartKind.PERCENTILES : ChartKind.OVER_TIME;
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
