package dev.lookaside.client.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.lookaside.client.xds.Bootstrap;
import dev.lookaside.client.xds.Language;
import dev.lookaside.client.xds.TlsPaths;
import dev.lookaside.core.endpoint.Address;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints the file that makes an unmodified gRPC client find the balancers. */
@Command(
    name = "xds-bootstrap",
    description = {
      "Prints the bootstrap file for a gRPC client without our library: put its name into"
          + " GRPC_XDS_BOOTSTRAP and call xds:///<service>. It connects to nothing.",
      ""
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    usageHelpAutoWidth = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:printed", "2:bad usage, or nothing that this library can read"})
public final class XdsBootstrapCommand implements Callable<Integer> {
  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Option(
      names = "--lb",
      split = ",",
      paramLabel = "<host:port>",
      defaultValue = "${env:LOOKASIDE_LB:-localhost:50051}",
      description = {
        "Balancers, separated by commas; the client uses the first that answers.",
        "Default: the environment variable LOOKASIDE_LB, else localhost:50051"
      })
  private List<Address> balancers = List.of();

  @Option(
      names = "--language",
      paramLabel = "java|go|cpp|python|node",
      defaultValue = "java",
      description = "Whose gRPC library shall read it. Default: ${DEFAULT-VALUE}")
  private Language language = Language.JAVA;

  @Option(
      names = "--id",
      paramLabel = "<name>",
      defaultValue = "client",
      description = "The client's name, shown by the balancer. Default: ${DEFAULT-VALUE}")
  private String id = "client";

  @Option(names = "--zone", paramLabel = "<name>", description = "The client's zone. Default: none")
  private @Nullable String zone;

  @Option(
      names = "--tls-ca",
      paramLabel = "<file>",
      defaultValue = "${env:LOOKASIDE_TLS_CA}",
      description = {
        "PEM file of the authorities that balancers are signed by, as the client will find it;"
            + " turns TLS on.",
        "Default: the environment variable LOOKASIDE_TLS_CA, else plaintext"
      })
  private @Nullable Path ca;

  @Option(
      names = "--tls-cert",
      paramLabel = "<file>",
      defaultValue = "${env:LOOKASIDE_TLS_CERT}",
      description = "PEM file of the client's own certificate. Default: LOOKASIDE_TLS_CERT")
  private @Nullable Path certificate;

  @Option(
      names = "--tls-key",
      paramLabel = "<file>",
      defaultValue = "${env:LOOKASIDE_TLS_KEY}",
      description = "PEM file of its private key. Default: LOOKASIDE_TLS_KEY")
  private @Nullable Path key;

  @Override
  public Integer call() {
    Bootstrap bootstrap = Usage.checked(spec, this::bootstrap);
    PrintWriter out = spec.commandLine().getOut();
    out.println(GSON.toJson(bootstrap.json()));
    out.flush();
    bootstrap.notes().forEach(note -> Usage.say(spec.commandLine(), note));
    return ExitCode.DONE;
  }

  private Bootstrap bootstrap() {
    return new Bootstrap(balancers, language, id, Optional.ofNullable(zone), tls());
  }

  private Optional<TlsPaths> tls() {
    Path own = certificate == null ? key : certificate;
    if (ca == null && own != null) {
      throw new IllegalArgumentException("--tls-ca is not set (expected: beside '" + own + "')");
    }
    return Optional.ofNullable(ca)
        .map(
            path -> new TlsPaths(path, Optional.ofNullable(certificate), Optional.ofNullable(key)));
  }
}
