package dev.lookaside.lb.explain;

import dev.lookaside.core.policy.Explained;
import java.time.Instant;
import java.util.List;

/**
 * One decision with all that it was made of, and what an operator wants to see beside that.
 *
 * @param at when
 * @param tableVersion of the endpoints
 * @param policy by name
 * @param clientId who asked, in its own words; empty if nobody did
 * @param decision what was decided, and what it follows from
 * @param candidates every registered endpoint, from most to least wanted; which could not be picked
 *     come last
 */
public record Explanation(
    String service,
    Instant at,
    long tableVersion,
    String policy,
    String clientId,
    Explained decision,
    List<Considered> candidates) {}
