package example;

import example.greeter.GreetRequest;
import example.greeter.GreetResponse;
import example.greeter.GreeterGrpc;
import io.grpc.stub.StreamObserver;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;

/** The service, as without a balancer. */
@Service
final class GreeterService extends GreeterGrpc.GreeterImplBase {
  private final String id;

  GreeterService(@Value("${worker.id}") String id) {
    this.id = id;
  }

  @Override
  public void greet(GreetRequest request, StreamObserver<GreetResponse> answer) {
    String greeting = "Hello " + request.getName() + ", says " + id;
    answer.onNext(GreetResponse.newBuilder().setGreeting(greeting).build());
    answer.onCompleted();
  }
}
