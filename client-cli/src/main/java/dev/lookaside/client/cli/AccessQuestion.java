package dev.lookaside.client.cli;

import dev.lookaside.client.task.AccessClient;
import dev.lookaside.client.task.ClientSettings;
import dev.lookaside.client.task.Failures;
import dev.lookaside.core.endpoint.Address;
import io.grpc.StatusRuntimeException;
import java.util.function.ToIntFunction;
import picocli.CommandLine.Model.CommandSpec;

/** A question to each balancer in turn, until one answers. */
final class AccessQuestion {
  private AccessQuestion() {}

  /** The exit code. */
  static int ask(
      CommandSpec spec, ConnectionOptions connection, ToIntFunction<AccessClient> question) {
    ClientSettings settings =
        Usage.checked(spec, () -> connection.settings(ClientSettings.RETRY_BURST));
    for (Address balancer : settings.balancers()) {
      try (AccessClient client = new AccessClient(balancer, settings)) {
        return question.applyAsInt(client);
      } catch (StatusRuntimeException e) {
        Usage.say(
            spec.commandLine(),
            balancer + ": " + e.getStatus().getCode() + ": " + Failures.describe(e.getStatus()));
      }
    }
    return ExitCode.UNREACHABLE;
  }
}
