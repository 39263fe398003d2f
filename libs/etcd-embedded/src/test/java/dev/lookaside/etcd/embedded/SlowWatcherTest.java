package dev.lookaside.etcd.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.lookaside.etcd.embedded.store.Limits;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.WatchCreateRequest;
import io.etcd.jetcd.api.WatchGrpc;
import io.etcd.jetcd.api.WatchRequest;
import io.etcd.jetcd.api.WatchResponse;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.net.URI;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A watcher that takes responses only when the test lets it. */
class SlowWatcherTest {
  private static final ByteString KEY = ByteString.copyFromUtf8("k");
  private static final ByteString LARGE = ByteString.copyFrom(new byte[64 << 10]);

  private final EmbeddedEtcd etcd =
      EmbeddedEtcd.builder().limits(new Limits(100, 64 << 20, 1 << 20)).build().start();
  private final ManagedChannel channel = channel(etcd.clientUri());
  private final BlockingQueue<WatchResponse> responses = new LinkedBlockingQueue<>();
  private ClientCallStreamObserver<WatchRequest> call;

  @AfterEach
  void stop() {
    channel.shutdownNow();
    etcd.close();
  }

  @Test
  void losesNothingThatIsStillInTheHistory() throws Exception {
    long first = put(80);
    long expected = first;
    while (expected < first + 80) {
      for (var event : next().getEventsList()) {
        assertThat(event.getKv().getModRevision()).isEqualTo(expected++);
      }
    }
  }

  @Test
  void isCancelledWhenTheHistoryHasPassedItInsteadOfFillingTheMemory() throws Exception {
    long first = put(1_000);
    WatchResponse last = next();
    long seen = first - 1;
    while (!last.getCanceled()) {
      seen += last.getEventsCount();
      last = next();
    }
    assertThat(last.getCompactRevision()).isEqualTo(first + 999 - 100);
    assertThat(seen).isLessThan(last.getCompactRevision());
    assertThat(last.getCancelReason())
        .isEqualTo("etcdserver: mvcc: required revision has been compacted");
  }

  @BeforeEach
  void watch() throws InterruptedException {
    call =
        (ClientCallStreamObserver<WatchRequest>) WatchGrpc.newStub(channel).watch(new OnDemand());
    call.onNext(
        WatchRequest.newBuilder()
            .setCreateRequest(WatchCreateRequest.newBuilder().setKey(KEY))
            .build());
    assertThat(next().getCreated()).isTrue();
  }

  /** Returns the revision of the first. */
  private long put(int count) {
    // a channel of its own, since the watcher's is stuck
    ManagedChannel other = channel(etcd.clientUri());
    try {
      KVGrpc.KVBlockingStub kv = KVGrpc.newBlockingStub(other);
      PutRequest put = PutRequest.newBuilder().setKey(KEY).setValue(LARGE).build();
      long first = kv.put(put).getHeader().getRevision();
      for (int i = 1; i < count; i++) {
        kv.put(put);
      }
      return first;
    } finally {
      other.shutdownNow();
    }
  }

  private WatchResponse next() throws InterruptedException {
    call.request(1);
    WatchResponse response = responses.poll(10, TimeUnit.SECONDS);
    assertThat(response).as("the next response within 10 s").isNotNull();
    return response;
  }

  private static ManagedChannel channel(URI uri) {
    return ManagedChannelBuilder.forAddress(uri.getHost(), uri.getPort()).usePlaintext().build();
  }

  private final class OnDemand implements ClientResponseObserver<WatchRequest, WatchResponse> {
    @Override
    public void beforeStart(ClientCallStreamObserver<WatchRequest> stream) {
      stream.disableAutoRequestWithInitial(0);
    }

    @Override
    public void onNext(WatchResponse response) {
      responses.add(response);
    }

    @Override
    public void onError(Throwable error) {}

    @Override
    public void onCompleted() {}
  }
}
