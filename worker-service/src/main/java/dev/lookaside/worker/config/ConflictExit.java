package dev.lookaside.worker.config;

import java.util.function.Consumer;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContext;

/** Ends the process when another live worker holds this one's id. */
public final class ConflictExit implements Consumer<String> {
  private static final int EXIT_CODE = 1;

  private final ApplicationContext context;

  public ConflictExit(ApplicationContext context) {
    this.context = context;
  }

  /** Returns at once: the end waits for the start, which may still be under way. */
  @Override
  public void accept(String message) {
    OneLineReporter.print("worker.id: " + message);
    var exit =
        new Thread(
            () -> System.exit(SpringApplication.exit(context, () -> EXIT_CODE)), "worker-exit");
    exit.start();
  }
}
