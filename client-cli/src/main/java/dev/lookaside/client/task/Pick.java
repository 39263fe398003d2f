package dev.lookaside.client.task;

import com.google.protobuf.ByteString;
import dev.lookaside.core.endpoint.Address;

/**
 * The worker that a balancer chose.
 *
 * @param balancer who chose, and wants to hear how the call ended
 * @param incarnation changes each time the worker's process starts
 * @param policy name of the policy that decided
 * @param token what the balancer wants back with the outcome
 */
public record Pick(
    Address balancer,
    String service,
    String workerId,
    Address address,
    String incarnation,
    String policy,
    ByteString token) {}
