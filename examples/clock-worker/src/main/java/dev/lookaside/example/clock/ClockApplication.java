package dev.lookaside.example.clock;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The process: nothing here says that it is a worker. */
@SpringBootApplication
public class ClockApplication {

  public static void main(String[] arguments) {
    SpringApplication.run(ClockApplication.class, arguments);
  }
}
