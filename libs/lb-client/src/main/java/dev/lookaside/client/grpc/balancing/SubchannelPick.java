package dev.lookaside.client.grpc.balancing;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.load.LiveLoad;
import dev.lookaside.core.policy.PickResult;
import io.grpc.LoadBalancer;
import io.grpc.LoadBalancer.Subchannel;

/**
 * An endpoint, with the answers that gRPC wants for it, made once.
 *
 * @param unary for calls of one message each way
 * @param stream for all others
 */
record SubchannelPick(
    Endpoint endpoint, LiveLoad load, LoadBalancer.PickResult unary, LoadBalancer.PickResult stream)
    implements PickResult.Picked {

  static SubchannelPick of(
      Endpoint endpoint, LiveLoad load, Subchannel subchannel, EndpointCalls calls) {
    return new SubchannelPick(
        endpoint,
        load,
        answer(subchannel, calls, CallShape.UNARY),
        answer(subchannel, calls, CallShape.STREAM));
  }

  private static LoadBalancer.PickResult answer(
      Subchannel subchannel, EndpointCalls calls, CallShape shape) {
    return LoadBalancer.PickResult.withSubchannel(subchannel, new CallTracers(calls, shape));
  }

  LoadBalancer.PickResult answer(CallShape shape) {
    return switch (shape) {
      case UNARY -> unary;
      case STREAM -> stream;
    };
  }
}
