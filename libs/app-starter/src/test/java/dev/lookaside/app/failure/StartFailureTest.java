package dev.lookaside.app.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.BindException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.mock.env.MockEnvironment;

@ExtendWith(OutputCaptureExtension.class)
class StartFailureTest {
  private final MockEnvironment environment = new MockEnvironment();

  @Test
  void whatNobodyExplainsIsToldByItsInnermostCause(CapturedOutput output) {
    var failure =
        new IllegalStateException(
            "Unable to start\nthe web server", new NoSuchFileException("/no/such/file"));

    assertThat(report(failure)).isTrue();

    assertThat(output.getErr().lines())
        .containsExactly(
            "cannot start: NoSuchFileException: /no/such/file (add --debug to see all of it)");
  }

  @Test
  void anErrorIsToldAsWell(CapturedOutput output) {
    report(new NoClassDefFoundError("a/b/C"));

    assertThat(output.getErr().lines())
        .containsExactly(
            "cannot start: NoClassDefFoundError: a/b/C (add --debug to see all of it)");
  }

  @Test
  void aFailureBeforeThereIsAContextIsToldAsWell(CapturedOutput output) {
    new StartFailure(null).reportException(new IllegalArgumentException("x is 1 (expected: 2)"));

    assertThat(output.getErr().lines()).containsExactly("x is 1 (expected: 2)");
  }

  @Test
  void withDebugItIsLeftToSpringBoot(CapturedOutput output) {
    environment.setProperty("debug", "");

    assertThat(report(new IllegalStateException("no"))).isFalse();
    assertThat(output.getErr()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"lb.port, 7001", "worker.port, 7002", "lb.embedded.port, 7003"})
  void aPortInUseIsNamedByItsProperty(String property, String port, CapturedOutput output) {
    environment.setProperty("lb.port", "7001");
    environment.setProperty("grpc.server.port", "7001");
    environment.setProperty("worker.port", "7002");
    environment.setProperty("lb.embedded.port", "7003");

    report(
        new IllegalStateException(
            new IOException(
                "Failed to bind to address /127.0.0.1:" + port,
                new BindException("Address already in use"))));

    assertThat(output.getErr().lines())
        .containsExactly(
            property + " is " + port + ", which is in use (expected: a free port, or 0 for any)");
  }

  @Test
  void aPortNobodySetIsNamedByTheDefault(CapturedOutput output) {
    report(
        new IllegalStateException(
            new IOException("Failed to bind to address *:50052", new BindException("in use"))));

    assertThat(output.getErr()).startsWith("worker.port is 50052, which is in use");
  }

  @Test
  void thePortOfHttpIsNamedToo(CapturedOutput output) {
    environment.setProperty("server.port", "8080");

    report(new IllegalStateException(new PortInUseException(8080)));

    assertThat(output.getErr()).startsWith("server.port is 8080, which is in use");
  }

  private boolean report(Throwable failure) {
    var context = new GenericApplicationContext();
    context.setEnvironment(environment);
    context.refresh();
    return new StartFailure(context).reportException(failure);
  }
}
