package dev.lookaside.lb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.util.Durations;
import dev.lookaside.lb.testing.RunningLb;
import dev.lookaside.testing.etcd.EtcdExtension;
import dev.lookaside.testing.etcd.EtcdServer;
import dev.lookaside.v1.LoadBalancerGrpc;
import dev.lookaside.v1.PickRequest;
import dev.lookaside.v1.SubscribeRequest;
import dev.lookaside.v1.SubscribeResponse;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Balancers that know of each other, and clients that learn it from any of them. */
@ExtendWith(EtcdExtension.class)
class MembershipTest {
  private final EtcdServer etcd;
  private final String root = "test-" + UUID.randomUUID();

  MembershipTest(EtcdServer etcd) {
    this.etcd = etcd;
  }

  @Test
  void aSubscriberIsToldOfBalancersThatComeAndGo() {
    try (RunningLb first = start()) {
      Told told = subscribe(first);
      await().until(() -> told.balancers().equals(List.of(address(first))));

      try (RunningLb second = start()) {
        await()
            .until(() ->
                told.balancers().size() == 2
                    && told.balancers().containsAll(List.of(address(first), address(second))));
        Told there = subscribe(second);
        await().until(() -> there.balancers().size() == 2);
        second.context().close();
        await().until(() -> there.end.isDone());
        assertThat(there.end.join().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
      }

      await().until(() -> told.balancers().equals(List.of(address(first))));
    }
  }

  @Test
  void balancersAreNoServiceToPickFrom() {
    try (RunningLb lb = start()) {
      Told told = subscribe(lb);
      await().until(() -> !told.balancers().isEmpty());
      var request = PickRequest.newBuilder().setService("lb").build();

      var failure =
          catchThrowableOfType(
              StatusRuntimeException.class,
              () -> LoadBalancerGrpc.newBlockingStub(lb.channel()).pick(request));

      assertThat(failure).hasMessageContaining("INVALID_ARGUMENT: service is 'lb'");
      assertThat(lb.get("/actuator/lookaside").body()).contains("\"services\":[]");
    }
  }

  @Test
  void aBalancerWithItsOwnRegistryNamesItself() {
    try (RunningLb lb =
        RunningLb.start("--lb.registry=embedded", "--lb.advertised-address=lb.example:7")) {
      Told told = subscribe(lb);

      await().until(() -> told.balancers().equals(List.of("lb.example:7")));
    }
  }

  private RunningLb start() {
    return RunningLb.start(
        "--etcd.endpoints=" + etcd.clientUri(),
        "--etcd.root=" + root,
        "--lb.advertised-address=127.0.0.1");
  }

  private static String address(RunningLb lb) {
    return "127.0.0.1:" + lb.rpcPort();
  }

  private static Told subscribe(RunningLb lb) {
    await().until(() -> lb.get("/actuator/health/readiness").statusCode() == 200);
    Told told = new Told();
    LoadBalancerGrpc.newStub(lb.channel())
        .subscribe(
            SubscribeRequest.newBuilder()
                .setService("worker")
                .setLoadInterval(Durations.ZERO)
                .build(),
            told);
    return told;
  }

  private static final class Told implements StreamObserver<SubscribeResponse> {
    final CompletableFuture<Status> end = new CompletableFuture<>();
    private volatile List<String> balancers = List.of();

    List<String> balancers() {
      return balancers;
    }

    @Override
    public void onNext(SubscribeResponse update) {
      if (update.hasBalancers()) {
        balancers = List.copyOf(update.getBalancers().getAddressesList());
      }
    }

    @Override
    public void onError(Throwable failure) {
      end.complete(Status.fromThrowable(failure));
    }

    @Override
    public void onCompleted() {
      end.complete(Status.OK);
    }
  }
}
