package dev.lookaside.etcd.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.lookaside.testing.fuzz.Fuzz;
import io.etcd.jetcd.api.ClusterGrpc;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.LeaseGrpc;
import io.etcd.jetcd.api.MaintenanceGrpc;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.WatchGrpc;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Whatever is sent to it, it answers in a way that says whose fault it is, and serves on. */
class EtcdFuzzTest {
  private static final long SEED = 20_261_127;

  @Test
  void nonsenseIsRefusedAsTheCallersFault() {
    try (EmbeddedEtcd etcd = EmbeddedEtcd.builder().build().start();
        LogLines lines = new LogLines()) {
      int each = Fuzz.messages() / 15;
      Fuzz fuzz =
          new Fuzz(etcd.port(), SEED)
              .run(KVGrpc.getServiceDescriptor(), each)
              .run(LeaseGrpc.getServiceDescriptor(), each)
              .run(WatchGrpc.getServiceDescriptor(), each)
              .run(MaintenanceGrpc.getServiceDescriptor(), each)
              .run(ClusterGrpc.getServiceDescriptor(), each);

      assertThat(fuzz.faults()).isEmpty();
      assertThat(lines.count()).isLessThan(20);
      ManagedChannel channel =
          NettyChannelBuilder.forAddress("127.0.0.1", etcd.port()).usePlaintext().build();
      assertThat(
              KVGrpc.newBlockingStub(channel)
                  .withDeadlineAfter(10, TimeUnit.SECONDS)
                  .put(PutRequest.newBuilder().setKey(ByteString.copyFromUtf8("k")).build())
                  .hasHeader())
          .isTrue();
      channel.shutdownNow();
    }
  }
}
