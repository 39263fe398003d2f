package dev.lookaside.worker.starter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.etcd.starter.EtcdAutoConfiguration;
import dev.lookaside.worker.starter.config.WorkerIdentity;
import dev.lookaside.worker.starter.limits.LimitsAutoConfiguration;
import dev.lookaside.worker.starter.limits.ServerLimits;
import dev.lookaside.worker.starter.registration.WorkerRegistration;
import dev.lookaside.worker.starter.server.BootServerAutoConfiguration;
import dev.lookaside.worker.starter.server.DevhServerAutoConfiguration;
import dev.lookaside.worker.starter.server.NoServerAutoConfiguration;
import dev.lookaside.worker.starter.server.ServerDefaults;
import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.grpc.server.autoconfigure.GrpcServerProperties;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.grpc.server.GlobalServerInterceptor;

/** The worker's side of Spring Boot's own gRPC starter; a server runs in the example on it. */
class BootServerTest {
  private final ApplicationContextRunner application =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  BootServerAutoConfiguration.class,
                  DevhServerAutoConfiguration.class,
                  NoServerAutoConfiguration.class,
                  WorkerAutoConfiguration.class,
                  LimitsAutoConfiguration.class,
                  EtcdAutoConfiguration.class))
          .withClassLoader(new FilteredClassLoader("net.devh"))
          .withInitializer(context -> ServerDefaults.addTo(context.getEnvironment()))
          .withPropertyValues("worker.service=clock");

  @EnableConfigurationProperties(GrpcServerProperties.class)
  static class Server {}

  @Test
  void threePropertiesMakeAWorker() {
    application
        .withPropertyValues("worker.port=7", "etcd.endpoints=http://127.0.0.1:1")
        .run(context -> {
          assertThat(context).hasNotFailed().hasSingleBean(WorkerRegistration.class);
          assertThat(context.getBean(WorkerIdentity.class).id()).endsWith("-7");
          assertThat(context.getBeansWithAnnotation(GlobalServerInterceptor.class)).hasSize(1);
        });
  }

  @Test
  void propertiesOfTheServerComeFromTheWorkersAndMayBeOverridden() {
    application
        .withUserConfiguration(Server.class)
        .withPropertyValues(
            "worker.port=7",
            "worker.bind-address=127.0.0.1",
            "worker.shutdown-grace=7s",
            "spring.grpc.server.keepalive.permit.time=1m")
        .run(context -> {
          GrpcServerProperties server = context.getBean(GrpcServerProperties.class);
          assertThat(server.getPort()).isEqualTo(7);
          assertThat(server.getAddress()).isEqualTo(InetAddress.getLoopbackAddress());
          assertThat(server.getShutdown().getGracePeriod()).isEqualTo(Duration.ofSeconds(7));
          assertThat(server.getKeepalive().getPermit().isWithoutCalls()).isTrue();
          assertThat(server.getKeepalive().getPermit().getTime()).isEqualTo(Duration.ofMinutes(1));
        });
  }

  @Test
  void permitsAPingEveryTenSecondsUnlessToldOtherwise() {
    application
        .withUserConfiguration(Server.class)
        .withPropertyValues("worker.port=7")
        .run(context -> {
          GrpcServerProperties server = context.getBean(GrpcServerProperties.class);
          assertThat(server.getKeepalive().getPermit().getTime()).isEqualTo(Duration.ofSeconds(10));
          assertThat(server.getKeepalive().getPermit().isWithoutCalls()).isTrue();
        });
  }

  @Test
  void theServerIsBoundedUnlessToldOtherwise() {
    application
        .withPropertyValues("worker.port=7")
        .run(context -> {
          assertThat(context).hasSingleBean(ServerLimits.class);
          assertThat(context.getEnvironment().getProperty("spring.grpc.server.reflection.enabled"))
              .isEqualTo("false");
        });
    application
        .withPropertyValues("worker.port=7", "lookaside.limits.enabled=false")
        .run(context -> assertThat(context).doesNotHaveBean(ServerLimits.class));
  }

  @Test
  void workersOnAnyPortAreToldApartByTheirProcess() {
    application
        .withPropertyValues("worker.port=0")
        .run(context ->
            assertThat(context.getBean(WorkerIdentity.class).id())
                .endsWith("-" + ProcessHandle.current().pid()));
  }

  @Test
  void withoutAServerItSaysWhatIsMissing() {
    application
        .withClassLoader(new FilteredClassLoader("net.devh", "org.springframework.boot.grpc"))
        .run(context ->
            assertThat(context)
                .getFailure()
                .rootCause()
                .hasMessageStartingWith("this worker has no gRPC server (expected: "));
  }

  @Test
  void isOffWhereItIsNotWanted() {
    application
        .withPropertyValues("worker.enabled=false", "worker.port=7")
        .run(context -> {
          assertThat(context).hasNotFailed().doesNotHaveBean(WorkerRegistration.class);
          assertThat(context.getEnvironment().getProperty("spring.grpc.server.port")).isNull();
        });
  }
}
