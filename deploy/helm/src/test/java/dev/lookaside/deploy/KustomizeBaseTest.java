package dev.lookaside.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Written by the same test: {@code mvn test -pl deploy/helm -Dkustomize=write}. */
class KustomizeBaseTest {
  private static final Path BASE = Path.of("../kustomize/base/lookaside.yaml");

  @Test
  void theKustomizeBaseIsWhatTheChartRenders() throws IOException {
    String rendered = Chart.render(Map.of()).strip() + "\n";
    if ("write".equals(System.getProperty("kustomize"))) {
      Files.writeString(BASE, rendered);
    }

    assertThat(Files.readString(BASE))
        .as("%s (write it anew with -Dkustomize=write)", BASE)
        .isEqualTo(rendered);
  }
}
