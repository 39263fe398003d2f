package dev.lookaside.lb.report;

import java.time.Duration;

/**
 * What became of the calls that one part of a blend picked for, since this balancer started.
 *
 * @param latency the mean of those that succeeded; zero if none did
 */
public record BranchStatus(String policy, long succeeded, long failed, Duration latency) {}
