package dev.lookaside.client.cli;

import dev.lookaside.client.task.AdminClient;
import dev.lookaside.v1.ExplainRequest;
import dev.lookaside.v1.Explanation;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints why a pick would be what it is. */
@Command(
    name = "explain",
    description = {
      "Makes the decision that a pick would make now, and prints why. Nothing is sent or counted.",
      ""
    },
    mixinStandardHelpOptions = true,
    exitCodeList = {
      "0:a worker would be picked",
      "1:none would be, or the request was refused",
      "2:bad usage",
      "3:no balancer said"
    },
    footer = {
      "  lookaside-client explain",
      "  lookaside-client explain --exclude=worker1 --seed=42",
      "  lookaside-client explain --affinity-key=user7 --output=json"
    })
public final class ExplainCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Option(
      names = "--exclude",
      split = ",",
      paramLabel = "<worker>",
      description = "Workers that must not be picked, as if a call had failed there")
  private List<String> excluded = List.of();

  @Option(
      names = "--affinity-key",
      paramLabel = "<key>",
      defaultValue = "",
      description = "As of a call, for the policy hash")
  private String affinityKey = "";

  @Option(
      names = "--seed",
      paramLabel = "<number>",
      description = "The same chance again, as a former explanation printed it. Default: any")
  private @Nullable String seed;

  @Mixin private BalancerOptions options = new BalancerOptions();

  @Override
  public Integer call() {
    ExplainRequest.Builder request =
        ExplainRequest.newBuilder()
            .setService(options.service())
            .addAllExcludedEndpointIds(excluded)
            .setAffinityKey(affinityKey);
    String wanted = seed;
    if (wanted != null) {
      request.setSeed(Usage.checked(spec, () -> number(wanted)));
    }
    return Operator.ask(spec, options, balancer -> print(balancer, request.build()));
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "--seed is '" + text + "' (expected: a whole number of 64 bits)", e);
    }
  }

  private int print(AdminClient balancer, ExplainRequest request) {
    Explanation explanation = balancer.stub().explain(request).getExplanation();
    PrintWriter out = spec.commandLine().getOut();
    if (options.isJson()) {
      ProtoJson.print(out, explanation);
    } else {
      new ExplanationText(Paint.ansi()).lines(explanation).forEach(out::println);
      out.flush();
    }
    return explanation.getChosenId().isEmpty() ? ExitCode.FAILED : ExitCode.DONE;
  }
}
