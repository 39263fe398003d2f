package example;

import dev.lookaside.client.grpc.spring.LookasideChannels;
import example.greeter.GreetRequest;
import example.greeter.GreeterGrpc;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/** A worker; with {@code --greet=NAME}, a client of such workers, which ends after ten calls. */
@SpringBootApplication
public class GreeterApplication {

  public static void main(String[] arguments) {
    SpringApplication.run(GreeterApplication.class, arguments);
  }

  @Bean
  @ConditionalOnProperty("greet")
  ApplicationRunner tenGreetings(LookasideChannels channels) {
    var greeters = GreeterGrpc.newBlockingStub(channels.to("greeter"));
    return arguments -> {
      var request =
          GreetRequest.newBuilder().setName(arguments.getOptionValues("greet").get(0)).build();
      for (int i = 0; i < 10; i++) {
        var answer =
            greeters.withWaitForReady().withDeadlineAfter(20, TimeUnit.SECONDS).greet(request);
        System.out.println(answer.getGreeting());
      }
      System.exit(0);
    };
  }
}
