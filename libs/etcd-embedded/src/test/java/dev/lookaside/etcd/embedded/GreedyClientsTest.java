package dev.lookaside.etcd.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.lookaside.etcd.embedded.store.Limits;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.LeaseGrantRequest;
import io.etcd.jetcd.api.LeaseGrpc;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.WatchCreateRequest;
import io.etcd.jetcd.api.WatchGrpc;
import io.etcd.jetcd.api.WatchRequest;
import io.etcd.jetcd.api.WatchResponse;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients that put, watch and lease without end are refused, in etcd's own words where it has. */
class GreedyClientsTest {
  private static final int MEBI = 1 << 20;

  private final EmbeddedEtcd etcd =
      EmbeddedEtcd.builder().limits(Limits.forHeap(64 * MEBI)).build().start();
  private final ManagedChannel channel =
      NettyChannelBuilder.forAddress("127.0.0.1", etcd.port()).usePlaintext().build();

  @AfterEach
  void close() {
    channel.shutdownNow();
    etcd.close();
  }

  /** A heap of 64 MiB keeps 8 MiB of keys: of 170 puts of 1.4 MB, 5 have room. */
  @Test
  void whatIsPutIsBoundedBelowTheHeap() {
    ByteString value = ByteString.copyFrom(new byte[1_400_000]);
    int kept = 0;
    for (int i = 0; i < 170; i++) {
      kept += isPut("key" + i, value) ? 1 : 0;
    }

    assertThat(kept).isEqualTo(5);
    assertThat(isPut("small", ByteString.copyFromUtf8("x"))).isTrue();
  }

  @Test
  void leasesAreBounded() {
    var leases = LeaseGrpc.newBlockingStub(channel);
    var endless = LeaseGrantRequest.newBuilder().setTTL(9_000_000_000L).build();
    for (int i = 0; i < 8_192; i++) {
      leases.leaseGrant(endless);
    }

    assertThatThrownBy(() -> leases.leaseGrant(endless)).hasMessageContaining("too many leases");
  }

  @Test
  void watchesAreBoundedByWhatTheyTakeAndGiveItBack() throws InterruptedException {
    BlockingQueue<WatchResponse> first = new LinkedBlockingQueue<>();
    StreamObserver<WatchRequest> hog = WatchGrpc.newStub(channel).watch(new Into(first));
    int kept = 0;
    for (int i = 0; i < 20; i++) {
      hog.onNext(watch(ByteString.copyFrom(new byte[200_000])));
      kept += next(first).getCanceled() ? 0 : 1;
    }
    assertThat(kept).isEqualTo(5); // 1 MiB for all

    hog.onCompleted();

    BlockingQueue<WatchResponse> second = new LinkedBlockingQueue<>();
    StreamObserver<WatchRequest> other = WatchGrpc.newStub(channel).watch(new Into(second));
    WatchResponse answer;
    do {
      other.onNext(watch(ByteString.copyFrom(new byte[200_000])));
      answer = next(second);
    } while (answer.getCanceled());
    assertThat(answer.getCreated()).isTrue();
  }

  private static WatchResponse next(BlockingQueue<WatchResponse> from) throws InterruptedException {
    WatchResponse response = from.poll(10, TimeUnit.SECONDS);
    assertThat(response).isNotNull();
    return response;
  }

  private static WatchRequest watch(ByteString key) {
    return WatchRequest.newBuilder()
        .setCreateRequest(WatchCreateRequest.newBuilder().setKey(key))
        .build();
  }

  private boolean isPut(String key, ByteString value) {
    try {
      var unused =
          KVGrpc.newBlockingStub(channel)
              .put(
                  PutRequest.newBuilder()
                      .setKey(ByteString.copyFromUtf8(key))
                      .setValue(value)
                      .build());
      return true;
    } catch (io.grpc.StatusRuntimeException e) {
      assertThat(e.getStatus().getDescription()).contains("database space exceeded");
      return false;
    }
  }

  private record Into(BlockingQueue<WatchResponse> queue) implements StreamObserver<WatchResponse> {
    @Override
    public void onNext(WatchResponse response) {
      queue.add(response);
    }

    @Override
    public void onError(Throwable error) {}

    @Override
    public void onCompleted() {}
  }
}
