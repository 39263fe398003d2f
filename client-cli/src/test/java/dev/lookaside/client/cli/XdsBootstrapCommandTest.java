package dev.lookaside.client.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class XdsBootstrapCommandTest {
  private static final String CERTIFICATE = "--tls-cert=/certs/client.pem";
  private static final String KEY = "--tls-key=/certs/client-key.pem";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @ValueSource(strings = {"java", "go", "cpp", "python", "node"})
  void printsWhatTheLanguageReads(String language) throws IOException {
    int code =
        run(
            "--lb=10.0.0.1:50051,10.0.0.2:50051",
            "--language=" + language,
            "--id=app-1",
            "--zone=a");

    assertThat(code).isEqualTo(ExitCode.DONE);
    assertThat(out.toString()).isEqualToNormalizingNewlines(golden(language));
    assertThat(err.toString()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"go", "cpp", "python"})
  void printsTheFilesOfTls(String language) throws IOException {
    int code =
        run(
            "--lb=10.0.0.1:50051",
            "--language=" + language,
            "--id=app-1",
            "--zone=a",
            "--tls-ca=/certs/ca.pem",
            CERTIFICATE,
            KEY);

    assertThat(code).isEqualTo(ExitCode.DONE);
    assertThat(out.toString()).isEqualToNormalizingNewlines(golden(language + "-tls"));
  }

  @Test
  void saysWhatJavaDoesNotReadInTheFile() throws IOException {
    int code = run("--lb=10.0.0.1:50051", "--id=app-1", "--zone=a", "--tls-ca=/certs/ca.pem");

    assertThat(code).isEqualTo(ExitCode.DONE);
    assertThat(out.toString()).isEqualToNormalizingNewlines(golden("java-tls"));
    assertThat(err.toString())
        .isEqualToNormalizingNewlines(
            "lookaside-client: java trusts whom its JVM trusts: put /certs/ca.pem into the trust"
                + " store (-Djavax.net.ssl.trustStore)\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "node|lb1:50051|dns:///lb1:50051",
        "node|[::1]:50051,[::2]:50051|ipv6:[::1]:50051,[::2]:50051",
        "python|lb1:50051|dns:///lb1:50051",
        "java|lb1:50051|lb1:50051"
      })
  void writesAddressesAsTheLanguageDoes(String language, String balancers, String uri) {
    assertThat(run("--language=" + language, "--lb=" + balancers)).isEqualTo(ExitCode.DONE);
    assertThat(out.toString()).contains("\"server_uri\": \"" + uri + "\"").contains("\"locality\"");
  }

  @Test
  void pythonFallsBackToASecondNameByTheList() {
    run("--language=python", "--lb=lb1:50051,lb2:50051");

    assertThat(out.toString()).contains("\"lb1:50051\"").contains("\"lb2:50051\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "--language=rust|'rust' (expected: one of java, go, cpp, python, node)",
        "--language=node --lb=lb1:50051,lb2:50051|lb is 'lb1:50051,lb2:50051' (expected: for node, one"
            + " name, or numeric addresses",
        "--language=node --tls-ca=ca.pem|--tls-ca is 'ca.pem' (expected: none for node",
        "--language=java --tls-ca=ca.pem --tls-cert=c.pem --tls-key=k.pem|--tls-cert is 'c.pem'"
            + " (expected: none for java",
        "--language=go --tls-ca=ca.pem --tls-cert=c.pem|--tls-cert is 'c.pem' (expected: with"
            + " --tls-key)",
        "--tls-key=k.pem|--tls-ca is not set (expected: beside 'k.pem')",
        "--lb=nowhere|'nowhere' (expected: host:port)",
        "--id=a/b|id is 'a/b' (expected: 1 to 128 characters, no spaces or slashes",
      })
  void refusesInOneLineWhatNoClientCouldUse(String arguments, String message) {
    assertThat(run(arguments.split(" "))).isEqualTo(ExitCode.BAD_USAGE);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).contains(message);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void theFileOfTheComposeProfileIsWhatItPrints() throws IOException {
    run("--lb=lb1:50051,lb2:50051", "--id=xds-client");

    assertThat(out.toString())
        .isEqualToNormalizingNewlines(Files.readString(Path.of("../deploy/xds/bootstrap.json")));
  }

  private int run(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "xds-bootstrap";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return Usage.commandLine(new TaskCommand(), CommandLine.defaultFactory())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(all);
  }

  private static String golden(String name) throws IOException {
    try (InputStream file =
        requireNonNull(
            XdsBootstrapCommandTest.class.getResourceAsStream("/xds/" + name + ".json"))) {
      return new String(file.readAllBytes(), UTF_8);
    }
  }
}
