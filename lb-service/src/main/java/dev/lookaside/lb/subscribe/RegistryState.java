package dev.lookaside.lb.subscribe;

import dev.lookaside.core.endpoint.EndpointTable;
import java.util.Map;

/**
 * The registry as it was last confirmed.
 *
 * @param registry which registry it is
 * @param revision up to where its tables reflect it, above 0
 * @param confirmedNanos when it was, by the balancer's ticker
 * @param tables by name of the service
 */
public record RegistryState(
    String registry, long revision, long confirmedNanos, Map<String, EndpointTable> tables) {}
