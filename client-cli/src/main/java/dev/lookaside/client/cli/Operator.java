package dev.lookaside.client.cli;

import dev.lookaside.client.task.AdminClient;
import dev.lookaside.client.task.Failures;
import dev.lookaside.core.endpoint.Address;
import io.grpc.ChannelCredentials;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.ToIntFunction;
import picocli.CommandLine.Model.CommandSpec;

/** What an operator asks of each balancer in turn, until one can say. */
final class Operator {
  /** Another balancer would say the same. */
  private static final Set<Status.Code> FINAL =
      EnumSet.of(
          Status.Code.INVALID_ARGUMENT,
          Status.Code.NOT_FOUND,
          Status.Code.ABORTED,
          Status.Code.FAILED_PRECONDITION,
          Status.Code.PERMISSION_DENIED,
          Status.Code.UNAUTHENTICATED);

  private Operator() {}

  /** The exit code. */
  static int ask(CommandSpec spec, BalancerOptions options, ToIntFunction<AdminClient> question) {
    ChannelCredentials credentials =
        Usage.checked(
            spec,
            () -> {
              options.check();
              return options.credentials();
            });
    for (Address balancer : options.balancers()) {
      try (AdminClient client = new AdminClient(balancer, credentials, options.timeout())) {
        return question.applyAsInt(client);
      } catch (StatusRuntimeException e) {
        Usage.say(
            spec.commandLine(),
            balancer + ": " + e.getStatus().getCode() + ": " + Failures.describe(e.getStatus()));
        if (FINAL.contains(e.getStatus().getCode())) {
          return ExitCode.FAILED;
        }
      }
    }
    return ExitCode.UNREACHABLE;
  }
}
