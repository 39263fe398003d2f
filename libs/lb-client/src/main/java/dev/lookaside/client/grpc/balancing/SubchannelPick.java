package dev.lookaside.client.grpc.balancing;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.load.LiveLoad;
import dev.lookaside.core.policy.PickResult;
import io.grpc.LoadBalancer;

/** An endpoint, with the answer that gRPC wants for it, made once. */
record SubchannelPick(Endpoint endpoint, LiveLoad load, LoadBalancer.PickResult answer)
    implements PickResult.Picked {}
