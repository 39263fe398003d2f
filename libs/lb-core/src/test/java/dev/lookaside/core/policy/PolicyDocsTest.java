package dev.lookaside.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever reads of policies finds all of them. */
final class PolicyDocsTest {
  private static final Path ROOT = Path.of("../..");

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "docs/policies.md", "docs/client.md"})
  void namesEveryPolicy(String document) throws IOException {
    String text = Files.readString(ROOT.resolve(document));
    for (String name : Policies.names()) {
      assertThat(text).as(document).contains("`" + name + "`");
    }
  }
}
