package dev.lookaside.example.grpcclient;

import dev.lookaside.v1.ExecuteRequest;
import dev.lookaside.v1.WorkerGrpc.WorkerBlockingStub;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.grpc.client.ImportGrpcClients;

/** Sends ten tasks through a stub that Spring Boot makes; where to is said in the properties. */
@SpringBootApplication
@ImportGrpcClients(target = "workers", types = WorkerBlockingStub.class)
public class GrpcClientApp {

  public static void main(String[] args) {
    SpringApplication.run(GrpcClientApp.class, args).close();
  }

  @Bean
  ApplicationRunner tenTasks(WorkerBlockingStub workers) {
    ExecuteRequest task = ExecuteRequest.newBuilder().setTask("sum-up 1000000").build();
    return arguments -> {
      for (int i = 0; i < 10; i++) {
        var answer = workers.withDeadlineAfter(10, TimeUnit.SECONDS).execute(task);
        System.out.println(answer.getWorkerId() + ": " + answer.getResult());
      }
    };
  }
}
