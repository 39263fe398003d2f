package dev.lookaside.benchmarks.client;

import dev.lookaside.v1.WorkerGrpc;
import io.grpc.CallOptions;
import io.grpc.LoadBalancer.PickSubchannelArgs;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;

/** What gRPC tells a picker of a call without anything special. */
final class OneCall extends PickSubchannelArgs {
  private final Metadata headers = new Metadata();

  @Override
  public CallOptions getCallOptions() {
    return CallOptions.DEFAULT;
  }

  @Override
  public Metadata getHeaders() {
    return headers;
  }

  @Override
  public MethodDescriptor<?, ?> getMethodDescriptor() {
    return WorkerGrpc.getExecuteMethod();
  }
}
