package dev.lookaside.tracing.otlp;

import dev.lookaside.tracing.RpcTracing;
import io.grpc.CallOptions;
import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.micrometer.common.KeyValues;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/** A client and a server of one method, which says what it is asked or fails as it is told. */
final class EchoLine implements AutoCloseable {
  static final String METHOD = "test.Echo/Say";

  private static final MethodDescriptor<String, String> SAY =
      MethodDescriptor.<String, String>newBuilder()
          .setType(MethodDescriptor.MethodType.UNARY)
          .setFullMethodName(METHOD)
          .setRequestMarshaller(new Text())
          .setResponseMarshaller(new Text())
          .build();

  private final Server server;
  private final ManagedChannel channel;

  private EchoLine(Server server, ManagedChannel channel) {
    this.server = server;
    this.channel = channel;
  }

  /**
   * Started.
   *
   * @param client interceptors of the channel
   */
  static EchoLine of(List<ClientInterceptor> client, RpcTracing atServer) throws IOException {
    String name = UUID.randomUUID().toString();
    ServerServiceDefinition service =
        ServerServiceDefinition.builder("test.Echo")
            .addMethod(
                SAY,
                ServerCalls.asyncUnaryCall((text, answer) -> {
                  if (text.startsWith("fail ")) {
                    answer.onError(Status.Code.valueOf(text.substring(5)).toStatus().asException());
                  } else {
                    answer.onNext(text);
                    answer.onCompleted();
                  }
                }))
            .build();
    Server server =
        InProcessServerBuilder.forName(name)
            .directExecutor()
            .addService(
                ServerInterceptors.intercept(
                    service, atServer.ofServer(method -> true, KeyValues.of("where", "here"))))
            .build()
            .start();
    return new EchoLine(
        server, InProcessChannelBuilder.forName(name).directExecutor().intercept(client).build());
  }

  String say(String text, CallOptions options) {
    return ClientCalls.blockingUnaryCall(channel, SAY, options, text);
  }

  @Override
  public void close() {
    channel.shutdownNow();
    server.shutdownNow();
  }

  private static final class Text implements MethodDescriptor.Marshaller<String> {
    @Override
    public InputStream stream(String value) {
      return new ByteArrayInputStream(value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String parse(InputStream stream) {
      try {
        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
