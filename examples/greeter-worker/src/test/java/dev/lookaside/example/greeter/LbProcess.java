package dev.lookaside.example.greeter;

import dev.lookaside.testing.net.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** The balancer, run from the jar that the build has made just before. */
record LbProcess(String address, Process process) implements AutoCloseable {
  private static final Path JAR = Path.of("..", "..", "lb-service", "target", "lb-service.jar");

  static LbProcess start(URI etcd, Path directory) throws IOException {
    if (!Files.exists(JAR)) {
      throw new IllegalStateException(JAR + " is missing (expected: built by mvn package)");
    }
    int port = FreePorts.one();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx192m",
                "-jar",
                JAR.toString(),
                "--lb.port=" + port,
                "--lb.bind-address=127.0.0.1",
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--etcd.endpoints=" + etcd)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("lb.log").toFile())
            .start();
    return new LbProcess("127.0.0.1:" + port, process);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
