package dev.lookaside.example.greeter;

import dev.lookaside.example.greeter.v1.GreetRequest;
import dev.lookaside.example.greeter.v1.GreetResponse;
import dev.lookaside.example.greeter.v1.GreeterGrpc;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import net.devh.boot.grpc.server.service.GrpcService;

/** {@code greeter.v1.Greeter}, as it would be written without a balancer too. */
@GrpcService
final class GreeterService extends GreeterGrpc.GreeterImplBase {

  @Override
  public void greet(GreetRequest request, StreamObserver<GreetResponse> answer) {
    if (request.getName().isBlank()) {
      answer.onError(
          Status.INVALID_ARGUMENT
              .withDescription("name is blank (expected: whom to greet)")
              .asRuntimeException());
      return;
    }
    answer.onNext(
        GreetResponse.newBuilder().setGreeting("Hello, " + request.getName() + "!").build());
    answer.onCompleted();
  }
}
