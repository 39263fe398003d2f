package dev.lookaside.lb.shadow;

import dev.lookaside.core.balancer.ServiceSnapshot;
import dev.lookaside.core.policy.PickArgs;
import dev.lookaside.core.policy.PickResult;

/** One pick that was made, and what it was made from. */
record Asked(ServiceSnapshot snapshot, PickArgs request, PickResult.Picked picked) {}
