package dev.lookaside.client.cli;

import dev.lookaside.tls.development.DevelopmentAuthority;
import dev.lookaside.tls.development.Wanted;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes certificates for development. */
@Command(
    name = "certs",
    description = {
      "Makes an authority for development, and a certificate with its key for each role, as PEM files.",
      "Run again, it makes new certificates of the same authority. Not for production.",
      ""
    },
    mixinStandardHelpOptions = true)
public final class CertsCommand implements Callable<Integer> {
  private static final List<String> ALL =
      List.of("balancer", "worker", "client", "operator", "metrics", "etcd");

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Option(
      names = "--directory",
      paramLabel = "<directory>",
      defaultValue = "certs",
      description = "Where they are put. Default: ${DEFAULT-VALUE}")
  private Path directory = Path.of("certs");

  @Option(
      names = "--domain",
      paramLabel = "<name>",
      defaultValue = "lookaside",
      description = "Trust domain of the SPIFFE ids. Default: ${DEFAULT-VALUE}")
  private String domain = "lookaside";

  @Option(
      names = "--hosts",
      split = ",",
      paramLabel = "<host>",
      defaultValue = "localhost,127.0.0.1,::1",
      description = "Hosts that each certificate is for. Default: ${DEFAULT-VALUE}")
  private List<String> hosts = List.of();

  @Parameters(
      arity = "0..*",
      paramLabel = "<role>[/<name>]",
      description = "Whom to make them for, such as worker/w1. Default: one for each role")
  private List<String> wanted = List.of();

  @Override
  public Integer call() {
    List<Wanted> all =
        Usage.checked(
            spec, () -> (wanted.isEmpty() ? ALL : wanted).stream().map(this::certificate).toList());
    DevelopmentAuthority authority = DevelopmentAuthority.in(directory);
    PrintWriter out = spec.commandLine().getOut();
    out.println(authority.ca() + "  the authority, to be trusted");
    for (Wanted each : all) {
      var unused = authority.issue(each);
      out.println(directory.resolve(each.name() + ".pem") + "  " + Plain.text(each.names().get(0)));
    }
    out.flush();
    return ExitCode.DONE;
  }

  private Wanted certificate(String role) {
    List<String> names = new ArrayList<>();
    names.add("uri:spiffe://" + domain + "/" + (role.contains("/") ? role : role + "/" + role));
    hosts.stream()
        .map(host -> (host.matches("[0-9.]+|.*:.*") ? "ip:" : "dns:") + host)
        .forEach(names::add);
    String[] parts = role.split("/", -1);
    return Wanted.of(Arrays.asList(parts).get(parts.length - 1), names.toArray(String[]::new));
  }
}
