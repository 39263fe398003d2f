package dev.lookaside.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.channelz.v1.ChannelzGrpc;
import io.grpc.channelz.v1.GetServersRequest;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A worker that tells tools of itself. */
class WorkerDebugTest {

  @Test
  void describesItsServicesAndShowsItsConnectionsIfItIsToldTo() throws Exception {
    try (RunningWorker worker =
        RunningWorker.start(
            "--lookaside.debug.reflection=true", "--lookaside.debug.channelz=true")) {
      CompletableFuture<ServerReflectionResponse> answer = new CompletableFuture<>();
      StreamObserver<ServerReflectionRequest> questions =
          ServerReflectionGrpc.newStub(worker.channel()).serverReflectionInfo(completing(answer));
      questions.onNext(
          ServerReflectionRequest.newBuilder()
              .setFileContainingSymbol("lookaside.v1.Worker")
              .build());

      assertThat(
              answer
                  .get(10, TimeUnit.SECONDS)
                  .getFileDescriptorResponse()
                  .getFileDescriptorProto(0)
                  .toStringUtf8())
          .contains("Execute");
      questions.onCompleted();
      assertThat(
              ChannelzGrpc.newBlockingStub(worker.channel())
                  .getServers(GetServersRequest.getDefaultInstance())
                  .getServerList())
          .isNotEmpty();
    }
  }

  private static <T> StreamObserver<T> completing(CompletableFuture<T> answer) {
    return new StreamObserver<>() {
      @Override
      public void onNext(T value) {
        answer.complete(value);
      }

      @Override
      public void onError(Throwable failure) {
        answer.completeExceptionally(failure);
      }

      @Override
      public void onCompleted() {}
    };
  }
}
