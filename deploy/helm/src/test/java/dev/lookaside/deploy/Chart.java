package dev.lookaside.deploy;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import java.nio.file.Path;
import java.util.Map;

/** The chart in this module, and what Helm makes of it. */
final class Chart {
  static final Path DIRECTORY = Path.of("lookaside");

  private Chart() {}

  /** The manifests of a release named "lookaside" with these values instead of the defaults. */
  static String render(Map<String, String> values) {
    TemplateCommand command =
        new Helm(DIRECTORY).template().withName("lookaside").withKubeVersion("1.30.0");
    values.forEach(command::set);
    return command.call();
  }
}
