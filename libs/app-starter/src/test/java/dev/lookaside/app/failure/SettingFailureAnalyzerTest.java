package dev.lookaside.app.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchException;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.diagnostics.FailureAnalysis;

class SettingFailureAnalyzerTest {

  enum Side {
    LEFT_HAND,
    RIGHT_HAND
  }

  record Settings(
      @Nullable Integer count,
      @Nullable Duration pause,
      @Nullable Double share,
      @Nullable Boolean on,
      @Nullable Side side) {

    public Settings {
      if (count != null && count > 9) {
        throw new IllegalArgumentException("app.count is " + count + " (expected: 0 to 9)");
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          count | 10    | app.count is 10 (expected: 0 to 9)
          count | x     | app.count is 'x' (expected: a whole number)
          pause | soon  | app.pause is 'soon' (expected: a duration such as 100ms or 10s)
          share | half  | app.share is 'half' (expected: a number)
          on    | maybe | app.on is 'maybe' (expected: true or false)
          side  | up    | app.side is 'up' (expected: one of left-hand, right-hand)
          cuont | 1     | app.cuont is unknown (expected: a property that exists)
          """)
  void namesThePropertyItsValueAndWhatIsAllowed(String name, String value, String line) {
    assertThat(analyze(failureOfBinding("app." + name, value))).isEqualTo(line);
  }

  @Test
  void knowsAServiceLinkOfKubernetes() {
    assertThat(analyze(failureOfBinding("app.count", "tcp://10.0.0.1:50051")))
        .startsWith("app.count is 'tcp://10.0.0.1:50051' (expected: a whole number; this looks")
        .contains("enableServiceLinks: false");
  }

  @Test
  void leavesOtherFailuresToOthers() {
    assertThat(analyze(new IllegalStateException("no", new IllegalArgumentException("why"))))
        .isNull();
  }

  private static Exception failureOfBinding(String name, String value) {
    var binder = new Binder(new MapConfigurationPropertySource(Map.of(name, value)));
    return catchException(() ->
        binder.bind(
            "app",
            Bindable.of(Settings.class),
            new NoUnboundElementsBindHandler(BindHandler.DEFAULT)));
  }

  private static @Nullable String analyze(Exception failure) {
    FailureAnalysis analysis = new SettingFailureAnalyzer().analyze(failure);
    return analysis == null ? null : analysis.getDescription();
  }
}
