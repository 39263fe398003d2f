package dev.lookaside.trials.rights;

import dev.lookaside.testing.fuzz.RawBytes;
import dev.lookaside.tls.TlsTrouble;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** What one caller is told by one gRPC server. */
final class RpcAnswers implements AutoCloseable {
  private static final int DEADLINE_SECONDS = 20;

  private final ManagedChannel channel;

  RpcAnswers(Caller caller, int port) {
    channel =
        NettyChannelBuilder.forAddress(
                "127.0.0.1", port, caller.tls().channelCredentials(Caller.servers()))
            .build();
  }

  /** Whether an empty message gets as far as the method, and if not, why. */
  String to(MethodDescriptor<?, ?> method) {
    Status status = end(method.toBuilder(new RawBytes(), new RawBytes()).build());
    return switch (status.getCode()) {
      case PERMISSION_DENIED, UNAUTHENTICATED -> status.getCode().name();
      case UNAVAILABLE ->
          TlsTrouble.of(status.getCause()).isPresent() ? "refused by TLS" : "UNAVAILABLE";
      case UNIMPLEMENTED -> "UNIMPLEMENTED";
      default -> "yes";
    };
  }

  /** What is wrong with the server, in one line. */
  String words(MethodDescriptor<?, ?> method) {
    Status status = end(method.toBuilder(new RawBytes(), new RawBytes()).build());
    return TlsTrouble.of(status.getCause()).orElseGet(status::toString);
  }

  private Status end(MethodDescriptor<byte[], byte[]> method) {
    CompletableFuture<Status> ended = new CompletableFuture<>();
    ClientCall<byte[], byte[]> call =
        channel.newCall(
            method, CallOptions.DEFAULT.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS));
    call.start(
        new ClientCall.Listener<>() {
          @Override
          public void onMessage(byte[] message) {
            ended.complete(Status.OK);
          }

          @Override
          public void onClose(Status status, Metadata trailers) {
            ended.complete(status);
          }
        },
        new Metadata());
    call.request(1);
    call.sendMessage(new byte[0]);
    call.halfClose();
    Status status = ended.join();
    call.cancel("enough", null);
    return status;
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
