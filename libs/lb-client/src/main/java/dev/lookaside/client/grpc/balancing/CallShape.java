package dev.lookaside.client.grpc.balancing;

import io.grpc.MethodDescriptor.MethodType;

/** What the end of a call says of the endpoint's speed. */
enum CallShape {
  /** One message each way: it takes as long as the endpoint takes. */
  UNARY,
  /** It lasts as long as both sides like: its length is no latency. */
  STREAM;

  static CallShape of(MethodType type) {
    return type == MethodType.UNARY ? UNARY : STREAM;
  }
}
