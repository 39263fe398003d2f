package dev.lookaside.worker;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts one worker. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
public class WorkerApplication {

  /** Starts it with properties such as {@code --worker.id=worker1 --worker.port=50052}. */
  public static void main(String[] args) {
    SpringApplication.run(WorkerApplication.class, args);
  }
}
