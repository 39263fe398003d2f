package dev.lookaside.testing.etcd;

import java.net.URI;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/** A real etcd in a container. */
public final class EtcdContainer implements EtcdServer {
  private static final DockerImageName IMAGE = DockerImageName.parse("quay.io/coreos/etcd:v3.5.21");
  private static final int CLIENT_PORT = 2379;

  private final GenericContainer<?> container;

  private EtcdContainer(GenericContainer<?> container) {
    this.container = container;
  }

  /**
   * Returns once etcd serves.
   *
   * @throws org.testcontainers.containers.ContainerLaunchException when Docker does not answer or
   *     the container does not become healthy
   */
  @SuppressWarnings("resource") // the new object owns it
  public static EtcdContainer start() {
    GenericContainer<?> container =
        new GenericContainer<>(IMAGE)
            .withExposedPorts(CLIENT_PORT)
            .withCommand(
                "/usr/local/bin/etcd",
                "--listen-client-urls=http://0.0.0.0:" + CLIENT_PORT,
                "--advertise-client-urls=http://127.0.0.1:" + CLIENT_PORT)
            .waitingFor(Wait.forHttp("/health").forPort(CLIENT_PORT).forStatusCode(200));
    container.start();
    return new EtcdContainer(container);
  }

  @Override
  public URI clientUri() {
    return URI.create("http://" + container.getHost() + ":" + container.getMappedPort(CLIENT_PORT));
  }

  @Override
  public void close() {
    container.stop();
  }

  @Override
  public String toString() {
    return "etcd container " + IMAGE;
  }
}
