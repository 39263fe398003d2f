package dev.lookaside.lb.shadow;

/**
 * How another policy compares with the one that picks.
 *
 * @param picks that it was asked about
 * @param agreed in so many of them it chose the same endpoint
 * @param load requests in flight per capacity that its choices had, with the one to come, on
 *     average
 * @param liveLoad the same of what was picked
 */
public record ShadowStatus(String policy, long picks, long agreed, double load, double liveLoad) {}
