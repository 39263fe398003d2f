package dev.lookaside.client.cli;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** How the help of every command looks, whatever it says. */
final class HelpStyle {
  private HelpStyle() {}

  /** For a command and all below it. */
  static void applyTo(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    spec.versionProvider(new Version());
    // In the order of the source, which goes from what is asked for most to what is seldom needed.
    UsageMessageSpec help = spec.usageMessage().sortOptions(false).autoWidth(true);
    if (!help.exitCodeList().isEmpty()) {
      help.exitCodeListHeading("%nExit codes:%n");
    }
    if (help.footer().length > 0) {
      help.footerHeading("%nExamples:%n");
    }
    command.getSubcommands().values().forEach(HelpStyle::applyTo);
  }
}
