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
 * @param serviceTime how much work requests bring; null where a trace says it
 * @param waiting which of them wait in place of working; none unless given
 * @param duration of the run; requests that arrive in it, after the warm-up, are measured; as long
 *     as the trace unless given
 * @param goodWithin a request that is answered within this counts as goodput; ten times the mean
 *     work, and at most the client's timeout, unless given
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
    @Nullable Distribution serviceTime,
    @Nullable WaitingSettings waiting,
    NetworkSettings network,
    BalancerSettings balancers,
    ReportSettings reports,
    OutcomeSettings outcomes,
    ClientSettings client,
    List<Event> events,
    Duration duration,
    Duration warmUp,
    Duration goodWithin,
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
    network = requireNonNullElse(network, NetworkSettings.DEFAULTS);
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
    Limits.required("arrivals", arrivals, "a rate, a load or a trace");
    Replay replay = arrivals.trace();
    if (replay == null) {
      Limits.required("service-time", serviceTime, "a distribution");
    } else {
      Limits.require(serviceTime == null, "service-time", "given", "none beside a trace");
      if (duration == null) {
        duration = replay.duration(speedUp(replay, arrivals, capacity(servers, events)));
      }
    }
    Limits.timeAboveZero("duration", duration);
    Limits.within("warm-up", warmUp, Duration.ZERO, duration.minusNanos(1));
    goodWithin =
        requireNonNullElse(
            goodWithin,
            usualGoodWithin(
                meanWorkNanos(arrivals, serviceTime, waiting)
                    + (waiting == null ? 0 : waiting.share() * waiting.time().meanNanos()),
                client));
    Limits.timeAboveZero("good-within", goodWithin);
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

  /**
   * A trace at servers as they were measured, where messages take no time that is not in it.
   *
   * @param balancers how many
   */
  public static Scenario ofReplay(
      String title,
      List<ServerGroup> servers,
      Replay replay,
      int balancers,
      List<Event> events,
      Duration duration,
      Duration warmUp,
      Duration goodWithin,
      int seeds) {
    return new Scenario(
        title,
        servers,
        Arrivals.of(replay),
        null,
        null,
        NetworkSettings.NONE,
        new BalancerSettings(
            balancers,
            BalancerSettings.DEFAULTS.detection(),
            BalancerSettings.DEFAULTS.slowStart(),
            BalancerSettings.DEFAULTS.outlierEjection(),
            null),
        ReportSettings.DEFAULTS,
        OutcomeSettings.DEFAULTS,
        ClientSettings.DEFAULTS,
        events,
        duration,
        warmUp,
        goodWithin,
        seeds,
        List.of(),
        List.of(),
        List.of(),
        null);
  }

  /** The same with balancers of the usual kind. */
  public Scenario withoutBalancers() {
    return with(BalancerSettings.DEFAULTS, reports, outcomes);
  }

  /** The same where nobody hears of load or outcomes but in the usual way. */
  public Scenario withoutReports() {
    return with(balancers, ReportSettings.DEFAULTS, OutcomeSettings.DEFAULTS);
  }

  /** The same where outcomes are told in the usual way. */
  public Scenario withoutOutcomes() {
    return with(balancers, reports, OutcomeSettings.DEFAULTS);
  }

  private Scenario with(
      BalancerSettings otherBalancers, ReportSettings otherReports, OutcomeSettings otherOutcomes) {
    return new Scenario(
        title,
        servers,
        arrivals,
        serviceTime,
        waiting,
        network,
        otherBalancers,
        otherReports,
        otherOutcomes,
        client,
        events,
        duration,
        warmUp,
        goodWithin,
        seeds,
        charts,
        policies,
        compareWith,
        sweep);
  }

  private static Duration usualGoodWithin(double meanNanos, ClientSettings client) {
    // In whole milliseconds, for it is shown.
    Duration usual = Duration.ofMillis(Math.max(1, (long) Math.ceil(10 * meanNanos / 1e6)));
    Duration timeout = client.timeout();
    return timeout == null || timeout.compareTo(usual) > 0 ? usual : timeout;
  }

  private static ChartKind usualChart(
      @Nullable Sweep sweep, List<Event> events, @Nullable Arrivals arrivals) {
    if (sweep != null) {
      return ChartKind.P99;
    }
    boolean steady = events.isEmpty() && (arrivals == null || arrivals.phases().isEmpty());
    return steady ? ChartKind.PERCENTILES : ChartKind.OVER_TIME;
  }

  /** The work of a request, on average, in nanoseconds. */
  public double meanWorkNanos() {
    return meanWorkNanos(arrivals, serviceTime, waiting);
  }

  private static double meanWorkNanos(
      Arrivals arrivals, @Nullable Distribution serviceTime, @Nullable WaitingSettings waiting) {
    double working = waiting == null ? 1 : 1 - waiting.share();
    Replay replay = arrivals.trace();
    if (replay != null) {
      return working * replay.meanWorkNanos();
    }
    return serviceTime == null ? 0 : working * serviceTime.meanNanos();
  }

  /** How many times as fast as recorded the trace is replayed. */
  public double speedUp(Replay replay) {
    return speedUp(replay, arrivals, capacity());
  }

  private static double speedUp(Replay replay, Arrivals arrivals, double capacity) {
    if (arrivals.load() != null) {
      return replay.speedUpTo(arrivals.load() * capacity / (replay.meanWorkNanos() / 1e9));
    }
    return arrivals.rate() != null
        ? replay.speedUpTo(arrivals.rate())
        : requireNonNullElse(arrivals.speedUp(), 1.0);
  }

  /** How many servers the groups have together. */
  public int serverCount() {
    return servers.stream().mapToInt(ServerGroup::count).sum();
  }

  /** The work that the servers which are there at the start can do in a second, in seconds. */
  public double capacity() {
    return capacity(servers, events);
  }

  private static double capacity(List<ServerGroup> servers, List<Event> events) {
    return servers.stream()
        .filter(group -> !joinsLater(group, events))
        .mapToDouble(group -> group.count() * group.throughput())
        .sum();
  }

  public boolean joinsLater(ServerGroup group) {
    return joinsLater(group, events);
  }

  private static boolean joinsLater(ServerGroup group, List<Event> events) {
    return events.stream()
        .anyMatch(event -> event instanceof Event.Join && event.servers().equals(group.name()));
  }

  /** The rate of arrivals per second that makes this load. */
  public double rateOf(double load) {
    return load * capacity() / (meanWorkNanos() / 1e9);
  }
}
