package dev.lookaside.trials.peers;

import com.google.protobuf.Empty;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.services.MetricRecorder;
import io.grpc.stub.ServerCalls;
import io.grpc.xds.orca.OrcaServiceImpl;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A bare gRPC server as a process of its own: the empty call, and a load that never changes. */
@Command(name = "backend", hidden = true)
public final class Backend implements Callable<Integer> {
  private static final long REPORT_MILLIS = 100;

  @Option(names = "--port", required = true)
  private int port;

  @Override
  public Integer call() throws IOException, InterruptedException {
    MetricRecorder load = MetricRecorder.newInstance();
    load.setApplicationUtilizationMetric(0.1);
    load.setQpsMetric(100);
    Server server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
            .directExecutor()
            // Others keep their connections alive as they like.
            .permitKeepAliveTime(1, TimeUnit.SECONDS)
            .addService(empty())
            .addService(
                OrcaServiceImpl.createService(
                    Executors.newSingleThreadScheduledExecutor(),
                    load,
                    REPORT_MILLIS,
                    TimeUnit.MILLISECONDS))
            .build()
            .start();
    server.awaitTermination();
    return 0;
  }

  private static ServerServiceDefinition empty() {
    return ServerServiceDefinition.builder("lookaside.trials.Empty")
        .addMethod(
            EmptyCall.METHOD,
            ServerCalls.<Empty, Empty>asyncUnaryCall((request, observer) -> {
              observer.onNext(Empty.getDefaultInstance());
              observer.onCompleted();
            }))
        .build();
  }
}
