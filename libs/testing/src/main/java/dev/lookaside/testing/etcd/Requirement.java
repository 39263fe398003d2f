package dev.lookaside.testing.etcd;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.opentest4j.TestAbortedException;

/**
 * Something of the machine that a test needs. Where it is missing the test is skipped with a
 * reason, or fails where {@link #switchName} is {@code true} as a system property or in the
 * environment, so that a build which must prove everything cannot pass by skipping.
 */
enum Requirement {
  ETCD("LOOKASIDE_REQUIRE_ETCD", "needs etcd on the PATH") {
    @Override
    boolean met() {
      return executable("etcd").isPresent();
    }
  },
  DOCKER("LOOKASIDE_REQUIRE_DOCKER", "needs a Docker engine that answers") {
    @Override
    boolean met() {
      return DockerProbe.answers();
    }
  },
  CHROMIUM("LOOKASIDE_REQUIRE_CHROMIUM", "needs chromium and chromedriver on the PATH") {
    @Override
    boolean met() {
      return executable("chromium").isPresent() && executable("chromedriver").isPresent();
    }
  },
  PROMTOOL("LOOKASIDE_REQUIRE_PROMTOOL", "needs promtool on the PATH") {
    @Override
    boolean met() {
      return executable("promtool").isPresent();
    }
  };

  private final String switchName;
  private final String reason;

  Requirement(String switchName, String reason) {
    this.switchName = switchName;
    this.reason = reason;
  }

  /** Whether this machine has it. */
  abstract boolean met();

  /**
   * For conditions on classes and methods.
   *
   * @throws IllegalStateException when it is missing but must be there
   */
  ConditionEvaluationResult evaluate() {
    if (met()) {
      return ConditionEvaluationResult.enabled(name() + " is there");
    }
    failIfDemanded();
    return ConditionEvaluationResult.disabled(reason);
  }

  /**
   * For parameters.
   *
   * @throws TestAbortedException when it is missing and may be
   * @throws IllegalStateException when it is missing but must be there
   */
  void orSkip() {
    if (!met()) {
      throw skipped();
    }
  }

  /**
   * What ends a test that cannot run here.
   *
   * @throws IllegalStateException when it is missing but must be there
   */
  TestAbortedException skipped() {
    failIfDemanded();
    return new TestAbortedException(reason);
  }

  private void failIfDemanded() {
    if (Boolean.getBoolean(switchName) || Boolean.parseBoolean(System.getenv(switchName))) {
      throw new IllegalStateException(reason + ", and " + switchName + " is true (expected: met)");
    }
  }

  /** The first executable of this name on the PATH. */
  static Optional<Path> executable(String name) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Arrays.stream(path.split(File.pathSeparator))
        .map(directory -> Path.of(directory, name))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
