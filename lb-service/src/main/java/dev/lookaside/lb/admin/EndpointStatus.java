package dev.lookaside.lb.admin;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.lb.explain.LoadStatus;
import dev.lookaside.lb.traffic.EndpointCondition;
import dev.lookaside.registry.control.EndpointControl;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One endpoint at one moment.
 *
 * @param endpoint as it counts: in the state and of the weight that operators decided, if they did
 * @param decided what operators decided
 * @param reason why the condition is what it is; empty where it needs none
 * @param load the latest report, if one is believed
 * @param inFlight requests in flight, as reported and corrected since; empty if not known
 * @param ownInFlight this balancer's own part of them
 * @param picks that this balancer made of it since it came
 * @param requestShare of all requests that the service's endpoints say they get; empty if not known
 * @param fairShare by weight, and by capacity if the policy goes by that; 0 if it may not be picked
 * @param latency the mean of recent requests; empty if not known
 * @param errorShare of recent requests
 */
public record EndpointStatus(
    Endpoint endpoint,
    EndpointControl decided,
    EndpointCondition condition,
    String reason,
    Optional<LoadStatus> load,
    OptionalDouble inFlight,
    int ownInFlight,
    long picks,
    OptionalDouble requestShare,
    double fairShare,
    Optional<Duration> latency,
    double errorShare) {}
