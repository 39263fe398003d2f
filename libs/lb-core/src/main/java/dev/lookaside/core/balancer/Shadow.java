package dev.lookaside.core.balancer;

import dev.lookaside.core.policy.Picker;

/**
 * What another policy would pick from the same endpoints. Its picks are for comparison only: they
 * take nothing of the ceilings of those that are made, and zones do not matter to them.
 *
 * @param policy by name
 */
public record Shadow(String policy, Picker picker) {}
