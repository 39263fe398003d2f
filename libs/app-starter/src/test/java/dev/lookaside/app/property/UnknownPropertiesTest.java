package dev.lookaside.app.property;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** The application knows {@link Lb} and {@code lookaside.check}, and nothing of a worker. */
class UnknownPropertiesTest {

  @ParameterizedTest
  @CsvSource({
    "--lb.tpye=ll, lb.tpye, lb.type",
    "--lb.slowstrat=1s, lb.slowstrat, lb.slow-start",
    "--lb.services.worker.tpye=ll, lb.services.worker.tpye, lb.services.worker.type",
    "--worker.id=w1, worker.id, lb.kind",
    "--lookaside.check.ingore=a, lookaside.check.ingore, lookaside.check.ignore",
  })
  void anArgumentThatIsNoPropertyEndsTheStartWithTheNearest(
      String argument, String name, String nearest) {
    assertThatThrownBy(() -> check(arguments(argument)))
        .hasMessage("%s is unknown (expected: a property that exists, such as %s)", name, nearest);
  }

  @Test
  void soDoesOneOfAFile() {
    var environment = empty();
    environment
        .getPropertySources()
        .addLast(new MapPropertySource("file", Map.of("lb.slow-strat", "1s")));

    assertThatThrownBy(() -> check(environment))
        .hasMessageStartingWith("lb.slow-strat is unknown (expected: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--lb.type=ll",
        "--lb.slow-start=1s",
        "--lb.slowStart=1s",
        "--lb.endpoints=a,b",
        "--lb.endpoints[0]=a",
        "--lb.services.worker.type=ll",
        "--lb.services.worker.slow-start=1s",
        "--lb.services[a.b/c].type=ll",
        "--server.port=1",
        "--lbs.type=1",
      })
  void aPropertyThatExistsIsTakenHoweverItIsSpelt(String argument) {
    assertThatCode(() -> check(arguments(argument))).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "LB_TPYE, LB_TYPE",
    "LB_SLOW_STRAT, LB_SLOWSTART",
    "LOOKASIDE_CHECK_INGORE, LOOKASIDE_CHECK_IGNORE"
  })
  void aVariableThatIsNearlyAPropertyEndsTheStart(String variable, String nearest) {
    assertThatThrownBy(() -> check(variables(variable, "1")))
        .hasMessage(
            "%s is unknown (expected: a property that exists, such as %s)", variable, nearest);
  }

  @ParameterizedTest
  @CsvSource({
    "LB_TYPE, ll",
    "LB_SLOWSTART, 1s",
    "LB_SLOW_START, 1s",
    "LB_ENDPOINTS_0, a",
    "LB_SERVICES_WORKER_TYPE, ll",
    "LB_SERVICES_MY_WORKER_SLOWSTART, 1s",
    "LB_SERVICE_HOST, 10.0.0.1",
    "LB_SERVICE_PORT, 50051",
    "LB_SERVICE_PORT_GRPC, 50051",
    "LB_PORT, tcp://10.0.0.1:50051",
    "LB_PORT_50051_TCP, tcp://10.0.0.1:50051",
    "LB_PORT_50051_TCP_ADDR, 10.0.0.1",
    "LB_TYPED_SERVICE_HOST, 10.0.0.1",
    "LB_TYPES_PORT, tcp://10.0.0.1:50051",
    "LB_ENV_TYPE, ll",
    "LB_NAME, /client/lb",
    "LB_JAVA_OPTIONS, -Xmx256m",
    "LOOKASIDE_LB, lb1:50051",
    "WORKER_TYPE, of another program",
  })
  void variablesOfOursAndOfNeighboursAreTaken(String variable, String value) {
    assertThatCode(() -> check(variables(variable, value, "LOOKASIDE_CHECK_ENVIRONMENT", "all")))
        .doesNotThrowAnyException();
  }

  @Test
  void aVariableFarFromAnyPropertyIsTakenForSomebodyElses() {
    assertThatCode(() -> check(variables("LB_COLOUR", "blue"))).doesNotThrowAnyException();
  }

  @Test
  void butNotByAnApplicationThatSharesItsPrefixWithNobody() {
    assertThatThrownBy(
            () -> check(variables("LB_COLOUR", "blue", "LOOKASIDE_CHECK_ENVIRONMENT", "all")))
        .hasMessageStartingWith("LB_COLOUR is unknown (expected: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"lb.colour", "lb.colours."})
  void whatTheApplicationCallsItsOwnIsTaken(String ignored) {
    var environment = arguments("--lookaside.check.ignore=" + ignored);
    environment
        .getPropertySources()
        .addLast(
            new MapPropertySource(
                "file", Map.of(ignored.endsWith(".") ? ignored + "dark" : ignored, "blue")));

    assertThatCode(() -> check(environment)).doesNotThrowAnyException();
  }

  private static void check(StandardEnvironment environment) {
    ConfigurationPropertySources.attach(environment);
    new UnknownProperties()
        .postProcessEnvironment(environment, new SpringApplication(UnknownPropertiesTest.class));
  }

  private static StandardEnvironment arguments(String... arguments) {
    var environment = empty();
    environment.getPropertySources().addFirst(new SimpleCommandLinePropertySource(arguments));
    return environment;
  }

  private static StandardEnvironment variables(String... namesAndValues) {
    Map<String, Object> variables = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      variables.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    var environment = empty();
    environment
        .getPropertySources()
        .addFirst(
            new SystemEnvironmentPropertySource(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
    return environment;
  }

  private static StandardEnvironment empty() {
    var environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .remove(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);
    environment
        .getPropertySources()
        .remove(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
    return environment;
  }
}
