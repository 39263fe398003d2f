package dev.lookaside.benchmarks.xds;

import io.grpc.CallOptions;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.NameResolverRegistry;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.xds.XdsNameResolverProvider;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** grpc-java's own xDS client. */
final class JavaClient implements AutoCloseable {
  private static final int SECONDS = 20;
  private static final int FAILED = -1;

  private final ManagedChannel channel;

  JavaClient(String service, int port) {
    String scheme = "xds" + service;
    NameResolverRegistry.getDefaultRegistry()
        .register(
            XdsNameResolverProvider.createForTest(
                scheme,
                Map.of(
                    "xds_servers",
                    List.of(
                        Map.of(
                            "server_uri", "127.0.0.1:" + port,
                            "channel_creds", List.of(Map.of("type", "insecure")),
                            "server_features", List.of("xds_v3"))),
                    "node",
                    Map.of("id", service))));
    channel =
        Grpc.newChannelBuilder(scheme + ":///" + service, InsecureChannelCredentials.create())
            .build();
  }

  /** Which worker answered, or {@value #FAILED}. */
  int ask() {
    try {
      return ClientCalls.blockingUnaryCall(
          channel,
          Workers.WHO,
          CallOptions.DEFAULT.withDeadlineAfter(SECONDS, TimeUnit.SECONDS),
          new byte[0])[0];
    } catch (StatusRuntimeException e) {
      return FAILED;
    }
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
