package dev.lookaside.benchmarks.pick;

import com.google.protobuf.Empty;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ServerCalls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;

/**
 * The yardstick: a bare gRPC server whose only method takes nothing and answers nothing, on the
 * transport's thread.
 */
public final class EmptyServer {
  public static final MethodDescriptor<Empty, Empty> METHOD =
      MethodDescriptor.<Empty, Empty>newBuilder()
          .setType(MethodDescriptor.MethodType.UNARY)
          .setFullMethodName("lookaside.benchmarks.Empty/Call")
          .setRequestMarshaller(ProtoUtils.marshaller(Empty.getDefaultInstance()))
          .setResponseMarshaller(ProtoUtils.marshaller(Empty.getDefaultInstance()))
          .build();

  private EmptyServer() {}

  /** Serves in a process of its own, which ends when it is closed. */
  public static ChildJvm start(Path log, int port) {
    return ChildJvm.start(
        log,
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            EmptyServer.class.getName(),
            String.valueOf(port)));
  }

  /** Serves on the loopback port that is given until the process is stopped. */
  public static void main(String[] args) throws IOException, InterruptedException {
    NettyServerBuilder.forAddress(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0])))
        .directExecutor()
        .addService(
            ServerServiceDefinition.builder("lookaside.benchmarks.Empty")
                .addMethod(
                    METHOD,
                    ServerCalls.asyncUnaryCall((request, responses) -> {
                      responses.onNext(Empty.getDefaultInstance());
                      responses.onCompleted();
                    }))
                .build())
        .build()
        .start()
        .awaitTermination();
  }
}
