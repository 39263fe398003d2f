package dev.lookaside.lb.config;

import dev.lookaside.core.check.Require;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How clients are served that speak xDS.
 *
 * @param enabled Whether xDS is served on the port of the gRPC server.
 * @param mode Who decides between endpoints: lb-weighted is the balancer, by weights;
 *     client-adaptive is each client, by what endpoints report to it.
 * @param maxStreams How many streams there may be, 1 to 1000000; more are refused with
 *     RESOURCE_EXHAUSTED.
 * @param maxStreamsPerConnection How many of them on one connection, 1 to 1000.
 * @param maxNames How many services one stream may ask for, 1 to 10000.
 * @param weightInterval How often weights may change, 100ms to 1h; who is there is told at once.
 * @param weightThreshold By how much an endpoint's part of the calls must change to be told,
 *     relative to itself, 0 to 1.
 * @param utilizationMetrics Values of ORCA that adaptive clients take for the utilization, the
 *     greatest of them, such as named_metrics.queue (gRFC A114). Empty: application_utilization,
 *     else cpu_utilization.
 * @param attempts How often clients make a call that ends as UNAVAILABLE, 1 to 5; 1 makes none
 *     again, more is for calls that may run twice.
 * @param maxRequests How many calls of a service one client may have open at a time, 1 to
 *     2147483647, which is no limit; the client ends more as UNAVAILABLE.
 * @param hostTtl How long the address of an endpoint that is registered by its host's name is
 *     believed before the name is looked up again, 1s to 1h.
 * @param hashHeader Request header whose value is the key, under the policy hash.
 * @param childPolicy Name of a load balancing policy that clients bring along, to be used within
 *     each locality by those that know it.
 */
public record XdsSettings(
    @DefaultValue("true") boolean enabled,
    @DefaultValue("lb-weighted") XdsMode mode,
    @DefaultValue("20000") int maxStreams,
    @DefaultValue("100") int maxStreamsPerConnection,
    @DefaultValue("100") int maxNames,
    @DefaultValue("2s") Duration weightInterval,
    @DefaultValue("0.05") double weightThreshold,
    @DefaultValue List<String> utilizationMetrics,
    @DefaultValue("1") int attempts,
    @DefaultValue("2147483647") int maxRequests,
    @DefaultValue("30s") Duration hostTtl,
    @DefaultValue("lookaside-key") String hashHeader,
    @Nullable String childPolicy) {
  private static final Duration SHORTEST = Duration.ofMillis(100);
  private static final Pattern HEADER = Pattern.compile("[a-z0-9_.-]{1,64}");
  private static final Pattern METRIC = Pattern.compile("[a-z0-9_.]{1,128}");
  private static final int MOST_METRICS = 16;
  private static final Pattern POLICY = Pattern.compile("[A-Za-z0-9_.]{1,128}");

  public XdsSettings {
    Require.within("lb.xds.max-streams", maxStreams, 1, 1_000_000);
    Require.within("lb.xds.max-streams-per-connection", maxStreamsPerConnection, 1, 1_000);
    Require.within("lb.xds.max-names", maxNames, 1, 10_000);
    Require.within("lb.xds.weight-interval", weightInterval, SHORTEST, Duration.ofHours(1));
    Require.within("lb.xds.weight-threshold", weightThreshold, 0, 1);
    utilizationMetrics = List.copyOf(utilizationMetrics);
    Require.within(
        "the number of lb.xds.utilization-metrics", utilizationMetrics.size(), 0, MOST_METRICS);
    utilizationMetrics.forEach(name ->
        Require.that(
            METRIC.matcher(name).matches(),
            "lb.xds.utilization-metrics",
            name,
            "names in lower case, such as cpu_utilization or named_metrics.queue"));
    Require.within("lb.xds.attempts", attempts, 1, 5);
    Require.within("lb.xds.max-requests", maxRequests, 1, Integer.MAX_VALUE);
    Require.within("lb.xds.host-ttl", hostTtl, Duration.ofSeconds(1), Duration.ofHours(1));
    Require.that(
        HEADER.matcher(hashHeader).matches() && !hashHeader.endsWith("-bin"),
        "lb.xds.hash-header",
        hashHeader,
        "a text header in lower case, up to 64 characters");
    Require.that(
        childPolicy == null || POLICY.matcher(childPolicy).matches(),
        "lb.xds.child-policy",
        String.valueOf(childPolicy),
        "letters, digits, dots and underscores");
  }

  public Optional<String> ownPolicy() {
    return Optional.ofNullable(childPolicy);
  }
}
