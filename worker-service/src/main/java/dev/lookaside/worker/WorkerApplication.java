package dev.lookaside.worker;

import dev.lookaside.app.command.CommandLineApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts one worker. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
public class WorkerApplication {

  /** Starts it with flags such as {@code -id=worker1 -port=50052}, or with properties. */
  public static void main(String[] arguments) {
    command().launch(arguments);
  }

  static CommandLineApplication command() {
    return CommandLineApplication.of(
            "worker-service", "Runs tasks, and says in etcd that it does.", WorkerApplication.class)
        .flag("id", "worker.id")
        .flag("port", "worker.port");
  }
}
