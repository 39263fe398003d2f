package dev.lookaside.lb;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The look-aside load balancer as a process. */
@EnableAutoConfiguration
@Import(LbConfiguration.class)
public class LbApplication {

  /** Exits with 1, after one line on stderr, if it cannot start. */
  public static void main(String[] arguments) {
    try {
      SpringApplication.run(LbApplication.class, arguments);
    } catch (RuntimeException alreadyReported) {
      System.exit(1);
    }
  }
}
