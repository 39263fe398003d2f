package dev.lookaside.worker.starter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.etcd.starter.EtcdAutoConfiguration;
import dev.lookaside.worker.starter.config.WorkerIdentity;
import dev.lookaside.worker.starter.config.WorkerProperties;
import dev.lookaside.worker.starter.limits.LimitsAutoConfiguration;
import dev.lookaside.worker.starter.limits.ServerLimits;
import dev.lookaside.worker.starter.load.ApplicationUtilization;
import dev.lookaside.worker.starter.load.RequestCounters;
import dev.lookaside.worker.starter.orca.OrcaGrpcService;
import dev.lookaside.worker.starter.registration.FatalExit;
import dev.lookaside.worker.starter.registration.FatalRegistration;
import dev.lookaside.worker.starter.registration.RegistrationHealth;
import dev.lookaside.worker.starter.registration.WorkerRegistration;
import dev.lookaside.worker.starter.server.DevhServerAutoConfiguration;
import dev.lookaside.worker.starter.server.ServerDefaults;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import net.devh.boot.grpc.server.autoconfigure.GrpcServerAutoConfiguration;
import net.devh.boot.grpc.server.config.GrpcServerProperties;
import net.devh.boot.grpc.server.interceptor.GlobalServerInterceptorRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** What an application gets, and what it keeps if it has its own; no server runs here. */
class WorkerAutoConfigurationTest {
  private final ApplicationContextRunner application =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  WorkerHealthAutoConfiguration.class,
                  GrpcServerAutoConfiguration.class,
                  DevhServerAutoConfiguration.class,
                  WorkerAutoConfiguration.class,
                  LimitsAutoConfiguration.class,
                  EtcdAutoConfiguration.class))
          .withInitializer(context -> ServerDefaults.addTo(context.getEnvironment()))
          .withPropertyValues("worker.port=0");

  @Test
  void threePropertiesMakeAWorker() {
    application
        .withPropertyValues(
            "worker.service=greeter", "worker.id=g1", "etcd.endpoints=http://127.0.0.1:1")
        .run(context -> {
          assertThat(context).hasNotFailed();
          assertThat(context.getBean(WorkerIdentity.class))
              .isEqualTo(new WorkerIdentity("greeter", "g1"));
          assertThat(context)
              .hasSingleBean(OrcaGrpcService.class)
              .hasSingleBean(WorkerRegistration.class)
              .hasSingleBean(RegistrationHealth.class);
          assertThat(context.getBean(GlobalServerInterceptorRegistry.class).getServerInterceptors())
              .hasSizeGreaterThanOrEqualTo(2);
        });
  }

  @Test
  void theServerIsBoundedUnlessToldOtherwise() {
    application
        .withPropertyValues("lookaside.limits.connections=7")
        .run(context ->
            assertThat(context).hasSingleBean(ServerLimits.class).hasBean("lookasideServerLimits"));
    application
        .withPropertyValues("lookaside.limits.enabled=false")
        .run(context ->
            assertThat(context)
                .doesNotHaveBean(ServerLimits.class)
                .doesNotHaveBean("lookasideServerLimits"));
  }

  @Test
  void propertiesOfTheServerComeFromTheWorkersAndMayBeOverridden() {
    application
        .withPropertyValues(
            "worker.bind-address=127.0.0.1",
            "worker.shutdown-grace=7s",
            "grpc.server.address=127.0.0.2")
        .run(context -> {
          GrpcServerProperties server = context.getBean(GrpcServerProperties.class);
          assertThat(server.getShutdownGracePeriod()).isEqualTo(Duration.ofSeconds(7));
          assertThat(server.getPermitKeepAliveTime()).isEqualTo(Duration.ofSeconds(10));
          assertThat(server.isPermitKeepAliveWithoutCalls()).isTrue();
          assertThat(server.getAddress()).isEqualTo("127.0.0.2");
          assertThat(server.isReflectionServiceEnabled()).isFalse();
          assertThat(server.getMaxConnectionIdle()).isEqualTo(Duration.ofMinutes(10));
        });
  }

  @Test
  void withoutAGaugeTheWorkerIsFullWhenItsCapacityIsInFlight() {
    application
        .withPropertyValues("worker.capacity=4")
        .run(context -> {
          context.getBean(RequestCounters.class).begin();

          assertThat(context.getBean(ApplicationUtilization.class).now()).isEqualTo(0.25);
        });
  }

  @Test
  void theApplicationsOwnBeansComeFirst() {
    ApplicationUtilization utilization = () -> 0.5;
    FatalRegistration fatal = message -> {};
    var server = new GrpcServerProperties();
    application
        .withBean(ApplicationUtilization.class, () -> utilization)
        .withBean(FatalRegistration.class, () -> fatal)
        .withBean(GrpcServerProperties.class, () -> server)
        .run(context -> {
          assertThat(context).getBean(ApplicationUtilization.class).isSameAs(utilization);
          assertThat(context).getBean(FatalRegistration.class).isSameAs(fatal);
          assertThat(context).doesNotHaveBean(FatalExit.class);
          assertThat(context).getBean(GrpcServerProperties.class).isSameAs(server);
        });
  }

  @Test
  void countsInTheRegistryOfTheApplication() {
    application
        .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
        .run(context -> {
          context.getBean(RequestCounters.class).begin();

          MeterRegistry meters = context.getBean(MeterRegistry.class);
          assertThat(meters.get("lookaside.requests.in.flight").gauge().value()).isEqualTo(1);
          assertThat(meters.get("lookaside.lease.renewals").counter().count()).isZero();
        });
  }

  @Test
  void doesWithoutAnActuator() {
    application
        .withClassLoader(new FilteredClassLoader(HealthIndicator.class))
        .run(context -> assertThat(context).hasNotFailed().hasSingleBean(WorkerRegistration.class));
  }

  @Test
  void isOffWhereItIsNotWanted() {
    application
        .withPropertyValues("worker.enabled=false")
        .run(context ->
            assertThat(context)
                .hasNotFailed()
                .doesNotHaveBean(WorkerRegistration.class)
                .doesNotHaveBean(OrcaGrpcService.class)
                .doesNotHaveBean(RegistrationHealth.class));
  }

  @Test
  void leavesOtherPropertiesBelowTheSamePrefixToTheApplication() {
    application
        .withPropertyValues("worker.colour=blue")
        .run(context -> assertThat(context).hasNotFailed());
  }

  @Test
  void refusesTheNameUnderWhichBalancersRegister() {
    application
        .withPropertyValues("worker.service=lb")
        .run(context ->
            assertThat(context)
                .getFailure()
                .rootCause()
                .hasMessage(
                    "worker.service is 'lb' (expected: a name other than that of balancers)"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "worker.enabled",
        "worker.id",
        "worker.service",
        "worker.port",
        "worker.bind-address",
        "worker.advertised-address",
        "worker.capacity",
        "worker.weight",
        "worker.region",
        "worker.zone",
        "worker.sub-zone",
        "worker.lease-ttl",
        "worker.drain-delay",
        "worker.shutdown-grace",
        "worker.warm-up"
      })
  void eachPropertyIsDescribed(String name) throws Exception {
    try (var metadata =
        WorkerProperties.class.getResourceAsStream(
            "/META-INF/spring-configuration-metadata.json")) {
      String json =
          new String(Objects.requireNonNull(metadata).readAllBytes(), StandardCharsets.UTF_8);

      assertThat(json)
          .containsPattern(
              "\"name\": \"" + name + "\",\\s+\"type\": \"[^\"]+\",\\s+\"description\"");
    }
  }
}
