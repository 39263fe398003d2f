package dev.lookaside.lb.admin;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * All that this balancer knows at one moment.
 *
 * @param balancer its id
 * @param sync how far the registry can be trusted: never, in_sync or stale
 * @param age since the registry last confirmed what is told; empty if it never did
 * @param revision of the registry that this is of
 * @param services in order of name
 */
public record FleetStatus(
    String balancer,
    String sync,
    Optional<Duration> age,
    long revision,
    List<ServiceStatus> services) {}
