package dev.lookaside.client.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.client.task.ClientSettings;
import dev.lookaside.client.task.Task;
import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.time.Backoff;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SubscribedCallTest {
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

  @AfterEach
  void stopTimer() {
    timer.shutdownNow();
  }

  @Test
  void aChannelThatThrowsEndsTheTask() {
    var sent =
        call(
                () -> {
                  throw new IllegalStateException("broken");
                })
            .start();

    assertThat(sent).isDone();
    assertThat(((Sent.End.Failed) sent.join().end()).status().getCode())
        .isEqualTo(Status.Code.INTERNAL);
  }

  @Test
  void aTaskThatWouldWaitForAWorkerEndsWhenTheClientIsClosed() {
    timer.shutdownNow();

    var sent = call(() -> Status.UNAVAILABLE).start();

    assertThat(sent).isDone();
    assertThat(((Sent.End.Failed) sent.join().end()).status()).isEqualTo(Status.UNAVAILABLE);
  }

  private SubscribedCall call(Supplier<Status> answer) {
    return new SubscribedCall(
        new AnsweringChannel(answer),
        CallOptions.DEFAULT,
        new Task("sleep 1", "client1"),
        ClientSettings.of(List.of(new Address("127.0.0.1", 1))),
        new Backoff(Duration.ofMillis(1), Duration.ofMillis(1), new Random(1)),
        timer);
  }

  private static final class AnsweringChannel extends Channel {
    private final Supplier<Status> answer;

    private AnsweringChannel(Supplier<Status> answer) {
      this.answer = answer;
    }

    @Override
    public String authority() {
      return "test";
    }

    @Override
    public <Q, R> ClientCall<Q, R> newCall(MethodDescriptor<Q, R> method, CallOptions options) {
      return new ClientCall<>() {
        @Override
        public void start(Listener<R> listener, Metadata headers) {
          listener.onClose(answer.get(), new Metadata());
        }

        @Override
        public void request(int count) {}

        @Override
        public void cancel(String message, Throwable cause) {}

        @Override
        public void halfClose() {}

        @Override
        public void sendMessage(Q message) {}
      };
    }
  }
}
