package dev.lookaside.example.client;

import dev.lookaside.client.grpc.spring.LookasideChannels;
import dev.lookaside.v1.ExecuteRequest;
import dev.lookaside.v1.WorkerGrpc;
import dev.lookaside.v1.WorkerGrpc.WorkerBlockingStub;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** Sends ten tasks to whichever workers there are, and says who did them. */
@SpringBootApplication
public class ClientApp {

  public static void main(String[] args) {
    SpringApplication.run(ClientApp.class, args).close();
  }

  @Bean
  WorkerBlockingStub workers(LookasideChannels channels) {
    return WorkerGrpc.newBlockingStub(channels.to("worker"));
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
