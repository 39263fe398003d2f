package dev.lookaside.client.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.time.ManualTicker;
import dev.lookaside.v1.ExecuteRequest;
import dev.lookaside.v1.ExecuteResponse;
import io.grpc.CallOptions;
import io.grpc.InsecureChannelCredentials;
import io.grpc.Status;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class WorkerChannelsTest {
  private static final Channels PLAIN = new Channels(InsecureChannelCredentials.create());

  private final ManualTicker ticker = new ManualTicker();

  @Test
  void closesTheChannelsOfWorkersThatAreGone() {
    try (WorkerChannels channels = new WorkerChannels(PLAIN, ticker)) {
      for (int port = 1; port <= 20; port++) {
        var unused = execute(channels, new Address("127.0.0.1", port));
      }
      assertThat(channels.sweep()).isEqualTo(20);

      ticker.advance(WorkerChannels.IDLE);

      assertThat(channels.sweep()).isZero();
    }
  }

  @Test
  void aWorkerWhoseAddressCannotBeDialledIsOneThatIsAway() {
    try (WorkerChannels channels = new WorkerChannels(PLAIN, ticker)) {
      var reply = execute(channels, new Address("under_score", 1));

      assertThat(reply).isDone();
      assertThat(((Reply.Failure<ExecuteResponse>) reply.join()).status().getCode())
          .isEqualTo(Status.Code.UNAVAILABLE);
    }
  }

  private static CompletableFuture<Reply<ExecuteResponse>> execute(
      WorkerChannels channels, Address address) {
    return channels.execute(
        new Pick(new Address("127.0.0.1", 1), "worker", "w1", address, "1", "rr", ByteString.EMPTY),
        ExecuteRequest.getDefaultInstance(),
        CallOptions.DEFAULT);
  }
}
