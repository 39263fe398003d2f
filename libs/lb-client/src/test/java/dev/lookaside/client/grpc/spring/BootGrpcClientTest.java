package dev.lookaside.client.grpc.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.client.grpc.testing.Calls;
import dev.lookaside.client.grpc.testing.FakeBalancer;
import dev.lookaside.client.grpc.testing.FakeWorker;
import dev.lookaside.v1.WorkerGrpc.WorkerBlockingStub;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.grpc.client.autoconfigure.GrpcClientAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.grpc.client.GrpcChannelFactory;
import org.springframework.grpc.client.ImportGrpcClients;

/** Spring Boot's own gRPC client, with targets of ours. */
final class BootGrpcClientTest {
  private final FakeWorker worker = new FakeWorker("w1");
  private final FakeBalancer balancer = FakeBalancer.of(worker);
  private final ApplicationContextRunner application =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  LookasideClientAutoConfiguration.class,
                  LookasideGrpcClientAutoConfiguration.class,
                  SslAutoConfiguration.class,
                  GrpcClientAutoConfiguration.class))
          .withPropertyValues("lookaside.client.balancers[0]=" + balancer.address());

  @AfterEach
  void close() {
    balancer.close();
    worker.close();
  }

  @Test
  void aChannelOfItsFactoryCallsTheService() {
    application
        .withPropertyValues("spring.grpc.client.channel.workers.target=lookaside:///worker")
        .run(context ->
            assertThat(
                    Calls.one(context.getBean(GrpcChannelFactory.class).createChannel("workers")))
                .isEqualTo("w1"));
  }

  @Test
  void aStubThatItImportsCallsTheService() {
    application
        .withUserConfiguration(Importing.class)
        .run(context ->
            assertThat(Calls.one(context.getBean(WorkerBlockingStub.class).getChannel()))
                .isEqualTo("w1"));
  }

  @Test
  void nothingIsAddedUntilBalancersAreNamed() {
    new ApplicationContextRunner()
        .withConfiguration(
            AutoConfigurations.of(
                LookasideClientAutoConfiguration.class,
                LookasideGrpcClientAutoConfiguration.class,
                SslAutoConfiguration.class,
                GrpcClientAutoConfiguration.class))
        .run(context -> assertThat(context).doesNotHaveBean("lookasideAttemptMemory"));
  }

  @Configuration(proxyBeanMethods = false)
  @ImportGrpcClients(target = "lookaside:///worker", types = WorkerBlockingStub.class)
  static class Importing {}
}
