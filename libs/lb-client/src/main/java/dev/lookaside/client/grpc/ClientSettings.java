package dev.lookaside.client.grpc;

import dev.lookaside.core.check.Require;
import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.endpoint.Locality;
import dev.lookaside.core.policy.Policies;
import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How a channel balances. Immutable; every setting has a default.
 *
 * @param balancers whom to ask, in any order; a balancer in the channel's target comes before them
 * @param clientId who asks, as balancers show it; chooses this client's subset of the endpoints
 * @param policy instead of the one that the balancer announces
 * @param subsetSize how many endpoints to connect to at most, at least 1
 * @param locality where this client runs: picks stay in its zone if the balancer prefers zones
 * @param loadInterval how often balancers send loads, 50 ms to 1 min; zero: never; empty: as they
 *     like
 * @param statsInterval how often this client reports what became of its calls, 100 ms to 1 min;
 *     zero: never
 * @param maxAttempts how often a call that fails with UNAVAILABLE is tried, 1 to 5, unless the user
 *     gives a service config; above 1 only where every method may run twice
 * @param keepAliveTime after what silence a connection to an endpoint that has calls is pinged, 10
 *     s to 1 h; a server that has not permitted it answers pings within 5 min by hanging up
 * @param snapshotDirectory where tables are kept for a start without a balancer; empty: nowhere
 * @param balancerCredentials for the connections to balancers
 */
public record ClientSettings(
    List<Address> balancers,
    String clientId,
    Optional<String> policy,
    int subsetSize,
    Locality locality,
    Optional<Duration> loadInterval,
    Duration statsInterval,
    int maxAttempts,
    Duration keepAliveTime,
    Optional<Path> snapshotDirectory,
    ChannelCredentials balancerCredentials) {

  public static final int SUBSET_SIZE = 100;
  public static final Duration STATS_INTERVAL = Duration.ofSeconds(1);

  /**
   * Only gRPC's own transparent retries, which are for calls that no endpoint has begun. Whether a
   * call that failed has run, nobody can tell from its status.
   */
  public static final int MAX_ATTEMPTS = 1;

  /** Above the 5 min that any gRPC server permits, also when a ping is late and the next is not. */
  public static final Duration KEEP_ALIVE_TIME = Duration.ofMinutes(6);

  private static final int LONGEST_CLIENT_ID = 128;
  private static final int MOST_ATTEMPTS = 5;
  private static final Duration LONGEST_INTERVAL = Duration.ofMinutes(1);
  private static final Duration SHORTEST_KEEP_ALIVE_TIME = Duration.ofSeconds(10);
  private static final Duration LONGEST_KEEP_ALIVE_TIME = Duration.ofHours(1);

  public ClientSettings {
    balancers = List.copyOf(balancers);
    Require.that(
        clientId.length() <= LONGEST_CLIENT_ID,
        "client id",
        clientId,
        "at most " + LONGEST_CLIENT_ID + " characters");
    policy.ifPresent(Policies::requireKnown);
    Require.atLeast("subset size", subsetSize, 1);
    loadInterval.ifPresent(i -> requireInterval("load interval", i, Duration.ofMillis(50)));
    requireInterval("stats interval", statsInterval, Duration.ofMillis(100));
    Require.within("max attempts", maxAttempts, 1, MOST_ATTEMPTS);
    Require.within(
        "keep-alive time", keepAliveTime, SHORTEST_KEEP_ALIVE_TIME, LONGEST_KEEP_ALIVE_TIME);
  }

  /** No balancer, and the default of all else. */
  public static ClientSettings defaults() {
    return new ClientSettings(
        List.of(),
        ClientId.ofThisProcess(),
        Optional.empty(),
        SUBSET_SIZE,
        Locality.UNSPECIFIED,
        Optional.empty(),
        STATS_INTERVAL,
        MAX_ATTEMPTS,
        KEEP_ALIVE_TIME,
        Optional.empty(),
        InsecureChannelCredentials.create());
  }

  public ClientSettings withBalancers(List<Address> newBalancers) {
    return with(draft -> draft.balancers = newBalancers);
  }

  public ClientSettings withClientId(String newClientId) {
    return with(draft -> draft.clientId = newClientId);
  }

  public ClientSettings withPolicy(String newPolicy) {
    return with(draft -> draft.policy = Optional.of(newPolicy));
  }

  public ClientSettings withSubsetSize(int newSubsetSize) {
    return with(draft -> draft.subsetSize = newSubsetSize);
  }

  public ClientSettings withLocality(Locality newLocality) {
    return with(draft -> draft.locality = newLocality);
  }

  public ClientSettings withLoadInterval(Duration newLoadInterval) {
    return with(draft -> draft.loadInterval = Optional.of(newLoadInterval));
  }

  public ClientSettings withStatsInterval(Duration newStatsInterval) {
    return with(draft -> draft.statsInterval = newStatsInterval);
  }

  public ClientSettings withMaxAttempts(int newMaxAttempts) {
    return with(draft -> draft.maxAttempts = newMaxAttempts);
  }

  public ClientSettings withKeepAliveTime(Duration newKeepAliveTime) {
    return with(draft -> draft.keepAliveTime = newKeepAliveTime);
  }

  public ClientSettings withSnapshotDirectory(Path newSnapshotDirectory) {
    return with(draft -> draft.snapshotDirectory = Optional.of(newSnapshotDirectory));
  }

  public ClientSettings withBalancerCredentials(ChannelCredentials newCredentials) {
    return with(draft -> draft.balancerCredentials = newCredentials);
  }

  private ClientSettings with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.settings();
  }

  /** Settings that are being changed. */
  private static final class Draft {
    private List<Address> balancers;
    private String clientId;
    private Optional<String> policy;
    private int subsetSize;
    private Locality locality;
    private Optional<Duration> loadInterval;
    private Duration statsInterval;
    private int maxAttempts;
    private Duration keepAliveTime;
    private Optional<Path> snapshotDirectory;
    private ChannelCredentials balancerCredentials;

    Draft(ClientSettings from) {
      this.balancers = from.balancers;
      this.clientId = from.clientId;
      this.policy = from.policy;
      this.subsetSize = from.subsetSize;
      this.locality = from.locality;
      this.loadInterval = from.loadInterval;
      this.statsInterval = from.statsInterval;
      this.maxAttempts = from.maxAttempts;
      this.keepAliveTime = from.keepAliveTime;
      this.snapshotDirectory = from.snapshotDirectory;
      this.balancerCredentials = from.balancerCredentials;
    }

    ClientSettings settings() {
      return new ClientSettings(
          balancers,
          clientId,
          policy,
          subsetSize,
          locality,
          loadInterval,
          statsInterval,
          maxAttempts,
          keepAliveTime,
          snapshotDirectory,
          balancerCredentials);
    }
  }

  private static void requireInterval(String name, Duration value, Duration least) {
    Require.that(
        value.isZero() || (value.compareTo(least) >= 0 && value.compareTo(LONGEST_INTERVAL) <= 0),
        name,
        value,
        "zero, or " + least.toMillis() + " ms to 1 min");
  }
}
