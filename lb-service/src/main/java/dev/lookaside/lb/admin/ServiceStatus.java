package dev.lookaside.lb.admin;

import dev.lookaside.lb.report.BranchStatus;
import dev.lookaside.lb.shadow.ShadowStatus;
import dev.lookaside.registry.control.ServiceControl.Chosen;
import java.util.List;
import java.util.Optional;

/**
 * One service at one moment.
 *
 * @param policy that picks now
 * @param configuredPolicy that picks if operators decide nothing
 * @param chosen what operators decided of the policy
 * @param tableVersion of the endpoints
 * @param controlRevision of all that operators decided of the service; 0: nothing
 * @param endpoints in order of id
 * @param decidedAbsentIds of endpoints that operators decided something of and that are not
 *     registered now
 * @param shadows how other policies compare that are asked beside this one
 * @param branches how the parts of a blend compare
 */
public record ServiceStatus(
    String service,
    String policy,
    String configuredPolicy,
    Optional<Chosen> chosen,
    long tableVersion,
    long controlRevision,
    List<EndpointStatus> endpoints,
    List<String> decidedAbsentIds,
    List<ShadowStatus> shadows,
    List<BranchStatus> branches) {}
