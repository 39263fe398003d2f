package dev.lookaside.worker.starter.registration;

import dev.lookaside.app.failure.OneLine;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContext;

/**
 * Ends the process, once, with one line that says why: what it found can only be cured from
 * outside.
 */
public final class FatalExit implements FatalRegistration {
  private static final int EXIT_CODE = 1;

  private final ApplicationContext context;
  private final AtomicBoolean exiting = new AtomicBoolean();

  public FatalExit(ApplicationContext context) {
    this.context = context;
  }

  /** Returns at once: the end waits for the start, which may still be under way. */
  @Override
  public void because(String message) {
    if (!exiting.compareAndSet(false, true)) {
      return;
    }
    OneLine.print(message);
    var exit =
        new Thread(
            () -> System.exit(SpringApplication.exit(context, () -> EXIT_CODE)), "worker-exit");
    // Inherited from a registrar's thread otherwise: the JVM would be gone, with exit code 0,
    // before the exit.
    exit.setDaemon(false);
    exit.start();
  }
}
