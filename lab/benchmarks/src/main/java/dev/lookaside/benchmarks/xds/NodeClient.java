package dev.lookaside.benchmarks.xds;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;

/** npm's @grpc/grpc-js-xds, in a process of its own. */
final class NodeClient {
  private final Path modules;

  /**
   * @param modules the directory node_modules that has it
   */
  NodeClient(Path modules) {
    this.modules = modules;
  }

  /** Which worker answered each of so many calls, one after the other. */
  int[] ask(String service, int port, int calls) throws IOException, InterruptedException {
    Path program = Files.createTempFile("ask", ".js");
    try (var source = NodeClient.class.getResourceAsStream("/ask.js")) {
      Files.write(program, Objects.requireNonNull(source, "ask.js").readAllBytes());
    }
    ProcessBuilder builder =
        new ProcessBuilder("node", program.toString(), service, String.valueOf(calls));
    builder.environment().put("NODE_PATH", modules.toAbsolutePath().toString());
    builder.environment().put("GRPC_EXPERIMENTAL_XDS_WRR_LB", "true");
    builder
        .environment()
        .put(
            "GRPC_XDS_BOOTSTRAP_CONFIG",
            """
            {"xds_servers":[{"server_uri":"127.0.0.1:%d","channel_creds":[{"type":"insecure"}],
              "server_features":["xds_v3"]}],
             "node":{"id":"node","locality":{"region":"r","zone":"z"}}}\
            """
                .formatted(port));
    Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String answers =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (process.waitFor() != 0) {
      throw new IOException("node ended with " + process.exitValue());
    }
    return Arrays.stream(answers.split(" ")).mapToInt(Integer::parseInt).toArray();
  }
}
