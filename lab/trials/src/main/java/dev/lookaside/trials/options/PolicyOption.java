package dev.lookaside.trials.options;

import dev.lookaside.core.policy.Policies;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The names after {@code --policies}. */
public final class PolicyOption {
  private PolicyOption() {}

  /** Ends the command with a line for people if one of them is no policy. */
  public static void check(CommandSpec spec, List<String> names) {
    try {
      names.forEach(Policies::requireKnown);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--policies: " + e.getMessage(), e);
    }
  }
}
