package dev.lookaside.app.property;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;

class UnreadableValuesTest {

  /** What Java makes of w, ö, r, k, e, r in UTF-8 when the locale is C. */
  @Test
  void aValueThatLostCharactersEndsTheStart() {
    assertThatThrownBy(() -> check("--worker.id=w\uFFFD\uFFFDrker"))
        .hasMessageStartingWith("worker.id has characters that cannot be read in the encoding of")
        .hasMessageEndingWith("(expected: ASCII, or a locale of UTF-8 such as LANG=C.UTF-8)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--worker.id=wörker", "--app.name=w\uFFFDrker"})
  void othersAreTaken(String argument) {
    assertThatCode(() -> check(argument)).doesNotThrowAnyException();
  }

  private static void check(String argument) {
    var environment = new StandardEnvironment();
    environment.getPropertySources().addFirst(new SimpleCommandLinePropertySource(argument));
    ConfigurationPropertySources.attach(environment);
    new UnreadableValues().postProcessEnvironment(environment, new SpringApplication());
  }
}
