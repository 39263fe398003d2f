package dev.lookaside.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

@ExtendWith(OutputCaptureExtension.class)
class CommandLineApplicationTest {
  private final CommandLineApplication command =
      CommandLineApplication.of("lb-service", "Answers who.", Started.class)
          .flag("type", "lb.type")
          .values("lb.type", List.of("first", "rr"));

  static class Started {}

  @Test
  void aFlagReachesTheApplication() {
    SpringApplication application = new SpringApplication(Started.class);
    application.setWebApplicationType(WebApplicationType.NONE);
    try (ConfigurableApplicationContext context =
        command.start(application, "-type=first").orElseThrow()) {
      assertThat(context.getEnvironment().getProperty("lb.type")).isEqualTo("first");
    }
  }

  @Test
  void helpNamesEachPropertyWithItsDefaultAndStartsNothing(CapturedOutput output) {
    assertThat(command.start(neverStarted(), "--help")).isEmpty();

    assertThat(output.getOut())
        .contains("-type=<value>  the same as --lb.type")
        .contains("--lb.type=first|rr  (default: rr)")
        .contains("Policy of every service.")
        .contains("--lb.slow-start=<duration>  (default: 10s)")
        .contains("--lb.services.<name>.type=")
        .contains("--lb.kind=with-etcd|embedded")
        .contains("--lookaside.check.environment=near|all  (default: near)");
  }

  @Test
  void theVersionIsOneOfTheBuildAndStartsNothing(CapturedOutput output) {
    assertThat(command.start(neverStarted(), "-version")).isEmpty();

    assertThat(output.getOut()).startsWith("lb-service ").contains("Java ");
  }

  @Test
  void aTempDirectoryThatCannotBeWrittenIsNamed() {
    String before = System.setProperty("java.io.tmpdir", "/no/such/directory");
    try {
      assertThatThrownBy(() -> command.start(neverStarted()))
          .hasMessage(
              "java.io.tmpdir is '/no/such/directory' (expected: a directory that can be written)");
    } finally {
      System.setProperty("java.io.tmpdir", String.valueOf(before));
    }
  }

  private static SpringApplication neverStarted() {
    return new SpringApplication(Started.class) {
      @Override
      public ConfigurableApplicationContext run(String... arguments) {
        throw new AssertionError("started");
      }
    };
  }
}
