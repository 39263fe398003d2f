package dev.lookaside.client.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.lookaside.client.xds.Bootstrap;
import dev.lookaside.client.xds.Language;
import dev.lookaside.client.xds.TlsPaths;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
    exitCodeList = {"0:printed", "2:bad usage, or nothing that this library can read"})
public final class XdsBootstrapCommand implements Callable<Integer> {
  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Mixin private BalancerAddresses balancers = new BalancerAddresses();

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

  @Mixin private TlsFileOptions files = new TlsFileOptions();

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
    return new Bootstrap(balancers.all(), language, id, Optional.ofNullable(zone), tls());
  }

  private Optional<TlsPaths> tls() {
    Optional<Path> own = files.certificate().or(files::key);
    if (files.ca().isEmpty() && own.isPresent()) {
      throw new IllegalArgumentException(
          "--tls-ca is not set (expected: beside '" + own.get() + "')");
    }
    return files.ca().map(ca -> new TlsPaths(ca, files.certificate(), files.key()));
  }
}
