package dev.lookaside.testing.etcd;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;

/**
 * Asks once whether Testcontainers can work with the Docker engine, and not for long: where the
 * engine answers but cannot pull what Testcontainers needs, that tries for minutes and then throws.
 */
final class DockerProbe {
  private static final Logger log = LoggerFactory.getLogger(DockerProbe.class);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final boolean ANSWERS = ask();

  private DockerProbe() {}

  static boolean answers() {
    return ANSWERS;
  }

  private static boolean ask() {
    try {
      DockerClientFactory docker = DockerClientFactory.instance();
      return CompletableFuture.supplyAsync(docker::isDockerAvailable)
          .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (NoClassDefFoundError | ExecutionException | TimeoutException e) {
      log.info("Docker is taken for missing: {}", e.toString());
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
