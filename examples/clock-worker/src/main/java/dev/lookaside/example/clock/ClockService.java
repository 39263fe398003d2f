package dev.lookaside.example.clock;

import dev.lookaside.example.clock.v1.ClockGrpc;
import dev.lookaside.example.clock.v1.NowRequest;
import dev.lookaside.example.clock.v1.NowResponse;
import io.grpc.stub.StreamObserver;
import java.time.Instant;
import org.springframework.stereotype.Service;

/** {@code clock.v1.Clock}: a bean that is a gRPC service, as without a balancer. */
@Service
final class ClockService extends ClockGrpc.ClockImplBase {

  @Override
  public void now(NowRequest request, StreamObserver<NowResponse> answer) {
    answer.onNext(NowResponse.newBuilder().setTime(Instant.now().toString()).build());
    answer.onCompleted();
  }
}
