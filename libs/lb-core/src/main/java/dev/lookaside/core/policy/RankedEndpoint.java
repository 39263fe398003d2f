package dev.lookaside.core.policy;

import dev.lookaside.core.endpoint.Endpoint;

/**
 * One line of an explanation.
 *
 * @param reason why the endpoint stands at this place, in words
 */
public record RankedEndpoint(Endpoint endpoint, String reason) {}
