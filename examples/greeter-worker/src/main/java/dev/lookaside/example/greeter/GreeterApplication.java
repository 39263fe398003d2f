package dev.lookaside.example.greeter;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The process: nothing here says that it is a worker. */
@SpringBootApplication
public class GreeterApplication {

  public static void main(String[] arguments) {
    SpringApplication.run(GreeterApplication.class, arguments);
  }
}
